// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/SpawnedTypes.h"
#include "Diagnostics.h"
#include "analysis/CodeVisitor.h"

using namespace clang;

namespace weave {

namespace {

class DecltypeFinder : public CodeVisitor {
public:
  DecltypeFinder(const llvm::SmallPtrSetImpl<const Decl *> &Spawned, const Diagnostics &Diags)
      : Spawned(Spawned), Diags(Diags) {}

  bool VisitDecltypeTypeLoc(DecltypeTypeLoc Type) override {
    if (const auto *Reference = dyn_cast<DeclRefExpr>(Type.getUnderlyingExpr()))
      if (Spawned.contains(Reference->getDecl()))
        Diags.report(Type.getBeginLoc(), Diag::decltype_of_spawned) << Reference->getDecl()->getName();
    return true;
  }

private:
  const llvm::SmallPtrSetImpl<const Decl *> &Spawned;
  const Diagnostics &Diags;
};

} // namespace

void checkSpawnedTypes(const Structure &Where, const Diagnostics &Diags) {
  llvm::SmallPtrSet<const Decl *, 8> Spawned;
  llvm::SmallPtrSet<const Function *, 8> Functions;
  for (const Site &S : Where.Sites)
    if (S.Declared) {
      Spawned.insert(S.Declared);
      Functions.insert(S.In->In);
    }
  for (const Function *F : Functions)
    DecltypeFinder(Spawned, Diags).TraverseStmt(F->Decl->getBody());
}

} // namespace weave
