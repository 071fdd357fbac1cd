// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/Borrow.h"
#include "clang/AST/DeclCXX.h"

using namespace clang;

namespace weave {

void Borrow::add(const ValueDecl &Captured, CaptureMode How) {
  for (const auto &[O, Way] : Flow.locate(Captured)) {
    if (How == CaptureMode::Reference)
      addObject(O, Captured);
    addHeld(O, Captured);
  }
}

void Borrow::addObject(Object O, const ValueDecl &Captured) {
  const auto *Binding = dyn_cast_or_null<BindingDecl>(O.getPointer());
  const auto *V = dyn_cast_or_null<VarDecl>(Binding ? Binding->getDecomposedDecl() : O.getPointer());
  if (!V || !V->hasLocalStorage())
    return;
  if (V->isImplicit()) // the range of a loop: its variable stands for it
    V = dyn_cast<VarDecl>(&Captured);
  if (!V)
    return;
  const Home *At = Where.home(V);
  const bool IsException = At && !At->Declaration; // it lives as long as its handler
  if ((!O.getInt() || IsException) && Seen.insert(V).second)
    Objects.push_back({V, &Captured});
}

StringRef BorrowedObject::name() const { return (isa<DecompositionDecl>(Object) ? By : Object)->getName(); }

void Borrow::addHeld(Object By, const ValueDecl &Captured) {
  if (!Followed.insert(By).second)
    return;
  for (const auto &[O, How] : Flow.heldBy(By))
    if (How.IsShown) {
      addObject(O, Captured);
      addHeld(O, Captured);
    }
}

} // namespace weave
