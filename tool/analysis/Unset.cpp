// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/Unset.h"
#include "analysis/CodeVisitor.h"

using namespace clang;

namespace weave {

class UnsetVariables::Finder : public CodeVisitor {
  using Base = CodeVisitor;

public:
  Finder(UnsetVariables &Result, const llvm::SmallPtrSetImpl<const Stmt *> &Tasks) : Result(Result), Tasks(Tasks) {}

  bool TraverseStmt(Stmt *S) override { return !S || Tasks.contains(S) || Base::TraverseStmt(S); }
  bool VisitVarDecl(VarDecl *V) override {
    if (V->hasLocalStorage() && !isa<ParmVarDecl>(V) && !V->hasInit() && V->getType()->isScalarType())
      Result.FirstNamed.try_emplace(V, ~0u);
    return true;
  }
  bool VisitDeclRefExpr(DeclRefExpr *E) override {
    if (auto Found = Result.FirstNamed.find(E->getDecl()); Found != Result.FirstNamed.end())
      Found->second = std::min(Found->second, Result.Where.span(E).Begin);
    return true;
  }

private:
  UnsetVariables &Result;
  const llvm::SmallPtrSetImpl<const Stmt *> &Tasks;
};

UnsetVariables::UnsetVariables(const Function &In, const Structure &Where) : Where(Where) {
  llvm::SmallPtrSet<const Stmt *, 8> Tasks;
  for (const Site &S : Where.Sites)
    if (S.Inner && S.Inner->Kind == ActivationKind::Task)
      Tasks.insert(S.Attached.Subject);
  Finder(*this, Tasks).TraverseStmt(In.Decl->getBody());
}

bool UnsetVariables::contains(const ValueDecl &V, const Site &Spawn) const {
  const auto Found = FirstNamed.find(&V);
  return Found != FirstNamed.end() && Found->second > Where.span(Spawn.Statement).Begin;
}

} // namespace weave
