// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/AddressFlow.h"
#include "analysis/AddressWalker.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"

using namespace clang;

namespace weave {

bool merge(Objects &Into, Object O, Link How) {
  const auto [Known, Fresh] = Into.insert({O, How});
  if (Fresh)
    return true;
  Link &Old = Known->second;
  const Link Both{Old.IsWritable || How.IsWritable, Old.IsShown || How.IsShown};
  const bool Grows = Both.IsWritable != Old.IsWritable || Both.IsShown != Old.IsShown;
  Old = Both;
  return Grows;
}

bool merge(Objects &Into, const Objects &From) {
  bool Grows = false;
  for (const auto &[O, How] : From)
    Grows |= merge(Into, O, How);
  return Grows;
}

Objects readOnly(Objects Of) {
  for (auto &[O, How] : Of)
    How.IsWritable = false;
  return Of;
}

Objects outside() {
  Objects Result;
  merge(Result, Object(nullptr, true), {true, true});
  return Result;
}

AddressFlow::AddressFlow(ArrayRef<const Stmt *> Stretch, Extent Of, const ASTContext &Context)
    : Of(Of), Types(Context) {
  for (bool Grows = true; Grows;) {
    Walker Round(*this, this, nullptr);
    for (const Stmt *S : Stretch)
      Round.walk(S);
    Grows = Round.Grows;
  }
}

Objects AddressFlow::locate(const ValueDecl &V) const {
  Objects Result;
  const auto *Variable = dyn_cast<VarDecl>(&V);
  if (const auto *Binding = dyn_cast<BindingDecl>(&V)) {
    Variable = dyn_cast_or_null<VarDecl>(Binding->getDecomposedDecl());
    // A part of an object that has no name, or of one that has.
    if (!Variable || !Variable->getType()->isReferenceType()) {
      merge(Result, Object(&V, false), {!V.getType().isConstQualified(), true});
      return Result;
    }
  }
  if (!Variable)
    return Result;
  const QualType Type = Variable->getType();
  const bool IsReference = Type->isReferenceType(), IsInside = Inside.contains(Variable);
  const bool IsWritable = !Type.getNonReferenceType().isConstQualified();
  if (!Variable->hasLocalStorage())
    merge(Result, Object(Variable, true), {IsWritable, true});
  else if (!IsReference || (Of == Extent::Part && !IsInside))
    merge(Result, Object(Variable, false), {IsWritable, true});
  else if (isa<ParmVarDecl>(Variable) || !IsInside) // bound by who calls, or throws
    merge(Result, Object(Variable, true), {IsWritable, true});
  else if (const auto Known = Bound.find(Variable); Known != Bound.end())
    Result = Known->second;
  return Result;
}

Objects AddressFlow::heldBy(Object O) const {
  Objects Result;
  if (const auto *Known = Held.find(O); Known != Held.end())
    Result = Known->second;
  if (const auto *Binding = dyn_cast_or_null<BindingDecl>(O.getPointer()); Binding && Binding->getDecomposedDecl())
    merge(Result, heldBy(Object(Binding->getDecomposedDecl(), false)));
  if (Of == Extent::Part)
    return Result;
  const auto *V = dyn_cast_or_null<VarDecl>(O.getPointer());
  const bool ComesFromOutside = O.getInt() || (V && (isa<ParmVarDecl>(V) || !Inside.contains(V)));
  if (ComesFromOutside)
    merge(Result, Object(O.getPointer(), true), {true, true});
  return Result;
}

std::vector<AddressFlow::Holding> AddressFlow::letOut() const {
  std::vector<Holding> Found;
  for (const auto &[Holder, Objects] : Held)
    for (const auto &[O, How] : Objects)
      if (O.getPointer() && !O.getInt() && !Inside.contains(O.getPointer()) && Holder != O)
        Found.push_back({Holder, O.getPointer()});
  return Found;
}

std::vector<Change> AddressFlow::changesIn(ArrayRef<const Stmt *> Stretch) const {
  std::vector<Change> Found;
  Walker Once(*this, nullptr, &Found);
  for (const Stmt *S : Stretch)
    Once.walk(S);
  return Found;
}

} // namespace weave
