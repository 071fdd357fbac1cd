// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/OwnWrites.h"
#include "analysis/Captures.h"
#include "analysis/CodeVisitor.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace weave {

class OwnWrites::Finder : public CodeVisitor {
  using Base = CodeVisitor;

public:
  Finder(OwnWrites &Result, const llvm::SmallPtrSetImpl<const Stmt *> &Tasks) : Result(Result), Tasks(Tasks) {}

  bool TraverseStmt(Stmt *S) override { return !S || Tasks.contains(S) || isa<LambdaExpr>(S) || Base::TraverseStmt(S); }
  bool VisitBinaryOperator(BinaryOperator *B) override { return !B->isAssignmentOp() || note(*B, *B->getLHS()); }
  bool VisitUnaryOperator(UnaryOperator *U) override {
    return !U->isIncrementDecrementOp() || note(*U, *U->getSubExpr());
  }
  bool VisitCXXOperatorCallExpr(CXXOperatorCallExpr *Call) override {
    const bool Writes =
        Call->isAssignmentOp() || Call->getOperator() == OO_PlusPlus || Call->getOperator() == OO_MinusMinus;
    return !Writes || note(*Call, *Call->getArg(0));
  }

private:
  bool note(const Expr &Write, const Expr &Target) {
    if (const ValueDecl *V = ownerOfBytes(Target))
      Result.Writes[V].push_back(&Write);
    return true;
  }

  OwnWrites &Result;
  const llvm::SmallPtrSetImpl<const Stmt *> &Tasks;
};

OwnWrites::OwnWrites(const Function &In, const Structure &Where, const DirectiveTable &Table)
    : Where(Where), Table(Table) {
  llvm::SmallPtrSet<const Stmt *, 8> Tasks;
  for (const Site &S : Where.sitesIn(Where.span(In.Decl->getBody())))
    if (S.makesTask())
      Tasks.insert(S.Attached.Subject);
  Finder(*this, Tasks).TraverseStmt(In.Decl->getBody());
}

const Expr *OwnWrites::beforeJoin(const ValueDecl &V, const Site &Spawn) const {
  const auto Found = Writes.find(&V);
  if (Found == Writes.end())
    return nullptr;
  const Span Here = Where.span(Spawn.Statement);
  const auto *Variable = dyn_cast<VarDecl>(&V);
  const Home *At = Variable ? Where.home(Variable) : nullptr;
  const auto IsLoop = [](const Stmt *S) { return isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(S); };
  // The innermost block or loop that waits for the task before control comes round again.
  for (const Expr *Write : Found->second) {
    const unsigned There = Where.span(Write).Begin;
    for (size_t I = Spawn.Path.size(); I-- > 0;) {
      const Stmt *Around = Spawn.Path[I];
      const Span Inside = Where.span(Around);
      const bool IsSynced = llvm::any_of(Where.sitesIn(Inside), [&](const Site &S) {
        const unsigned Sync = Where.span(S.Statement).Begin;
        return S.In == Spawn.In && isSyncOfAll(S) && S.Path.size() >= 2 && S.Path[S.Path.size() - 2] == Around &&
               Sync > Here.End && (There < Here.Begin || There > Sync);
      });
      if (IsSynced)
        break;
      const auto *For = dyn_cast<ForStmt>(Around);
      const bool IsDeclaredInside =
          At && Inside.contains(Where.span(At->Scope)) && !(For && At->Declaration == For->getInit());
      if (Inside.contains(There) && (There > Here.End || (IsLoop(Around) && !IsDeclaredInside)))
        return Write;
    }
  }
  return nullptr;
}

} // namespace weave
