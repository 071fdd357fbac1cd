// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/DeepAccesses.h"
#include "analysis/HandedOver.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace weave {

std::optional<Place> DeepAccesses::within(const Expr &Object, ArrayRef<Place::Step> Steps) const {
  const Expr *E = Object.IgnoreParenImpCasts();
  if (Object.isPRValue() && E->getType()->isPointerType() && !isa<CXXThisExpr>(E))
    return behind(*E, Steps, false);
  std::optional<Place> Whole = isa<CXXThisExpr>(E) ? Place{}
                               : E->isGLValue()    ? placeBehindPointers(*E, Context)
                                                   : std::nullopt;
  if (Whole)
    Whole->extend(Steps);
  return Whole;
}

std::optional<Place> DeepAccesses::behind(const Expr &Pointer, ArrayRef<Place::Step> Steps, bool IsIndexed) const {
  static constexpr Place::Step Pointee{Place::Step::Kind::Pointee}, First{Place::Step::Kind::Element};
  const Expr *E = Pointer.IgnoreParenImpCasts();
  std::optional<Place> Result;
  if (const auto *Address = dyn_cast<UnaryOperator>(E); Address && Address->getOpcode() == UO_AddrOf) {
    if (IsIndexed && !Steps.empty() && Steps.front() != First)
      return std::nullopt;
    return within(*Address->getSubExpr(), IsIndexed && !Steps.empty() ? Steps.drop_front() : Steps);
  }
  if (E->isGLValue())
    Result = placeBehindPointers(*E, Context);
  if (!Result)
    return std::nullopt;
  if (E->getType()->isPointerType())
    Result->extend(Pointee);
  if (!IsIndexed)
    Result->extend(First);
  Result->extend(Steps);
  return Result;
}

std::optional<Place> DeepAccesses::seenByCaller(const Place &Inside, const CallExpr &Call,
                                                const FunctionDecl &Callee) const {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Callee);
  const bool IsOperator = isa<CXXOperatorCallExpr>(Call) && Method;
  const ArrayRef<Place::Step> Steps = Inside.Path;
  if (!Inside.Variable) {
    const auto *OfMember = dyn_cast<CXXMemberCallExpr>(&Call);
    const Expr *Object = OfMember ? OfMember->getImplicitObjectArgument() : IsOperator ? Call.getArg(0) : nullptr;
    return Object ? within(*Object, Steps) : std::nullopt;
  }
  if (const auto *Parameter = dyn_cast<ParmVarDecl>(Inside.Variable);
      Parameter && Parameter->getDeclContext() == &Callee) {
    const unsigned Index = Parameter->getFunctionScopeIndex() + IsOperator;
    if (Index >= Call.getNumArgs())
      return std::nullopt;
    const Expr &Argument = *Call.getArg(Index);
    if (Parameter->getType()->isReferenceType())
      return Argument.isGLValue() ? within(Argument, Steps) : std::nullopt;
    const bool IsBehind =
        Parameter->getType()->isPointerType() && !Steps.empty() && Steps.front().What == Place::Step::Kind::Pointee;
    return IsBehind ? behind(Argument, Steps.drop_front(), true) : std::nullopt;
  }
  const auto *V = dyn_cast<VarDecl>(Inside.Variable);
  if (V && V->hasGlobalStorage())
    return Inside;
  // A lambda's own copy is another variable.
  const bool IsBorrowed =
      Method && Method->getParent()->isLambda() &&
      llvm::any_of(Method->getParent()->captures(), [&](const LambdaCapture &C) {
        return C.capturesVariable() && C.getCapturedVar() == Inside.Variable && C.getCaptureKind() == LCK_ByRef;
      });
  return IsBorrowed ? std::optional(Inside) : std::nullopt;
}

const AccessList &DeepAccesses::ofFunction(const FunctionDecl &F) {
  const auto [Found, Fresh] = Known.try_emplace(&F);
  if (Fresh)
    if (const Stmt *Body = F.getBody())
      Found->second = of(*Body);
  return Found->second;
}

void DeepAccesses::lookThrough(DirectAccess &A) const {
  A.Named = A.What.Variable;
  A.What = throughReferences(std::move(A.What), Context);
}

AccessList DeepAccesses::of(const Stmt &Code) {
  AccessList All = collectAccesses(Code, Context);
  for (const KnownCall &Known : All.Calls) {
    const FunctionDecl *Defined = Known.Call->getDirectCallee()->getDefinition();
    if (!Defined)
      continue;
    const AccessList &Callee = ofFunction(*Defined);
    All.Synchronises |= Callee.Synchronises;
    All.WaitsForTasks |= Callee.WaitsForTasks;
    for (const DirectAccess &A : Callee.Accesses)
      if (auto What = seenByCaller(A.What, *Known.Call, *Defined))
        All.Accesses.push_back({std::move(*What), A.Writes, Known.Conditional || A.Conditional,
                                Known.Call->getExprLoc(), A.Writer, Known.Under, false, nullptr,
                                A.InCallee.isValid() ? A.InCallee : A.Where});
  }
  for (DirectAccess &A : All.Accesses)
    lookThrough(A);
  // Behind a pointer that changes is one thing now and another then.
  const auto IsMoved = [&](const DirectAccess &A) {
    return A.What.isBehindPointer() && llvm::any_of(All.Accesses, [&](const DirectAccess &Other) {
             return Other.Writes && Other.What.leadsTo(A.What);
           });
  };
  SmallVector<DirectAccess, 8> Fixed;
  llvm::copy_if(All.Accesses, std::back_inserter(Fixed), std::not_fn(IsMoved));
  All.Accesses = std::move(Fixed);
  return All;
}

AccessList DeepAccesses::withElements(const Stmt &Code) {
  AccessList All = of(Code);
  for (ElementAccess &A : All.Elements) {
    A.As.What = std::move(A.Base);
    if (A.ThroughPointer)
      A.As.What.extend(Place::Step{Place::Step::Kind::Pointee});
    A.As.What.extend(Place::Step{Place::Step::Kind::AnyElement});
    lookThrough(A.As);
    All.Accesses.push_back(std::move(A.As));
  }
  for (const KnownCall &Known : All.Calls)
    for (HandedOver &Argument : handedOver(*Known.Call, Context)) {
      All.Accesses.push_back(
          {std::move(Argument.What), Argument.MayWrite, Known.Conditional, Argument.Where, nullptr, Known.Under, true});
      lookThrough(All.Accesses.back());
    }
  return All;
}

} // namespace weave
