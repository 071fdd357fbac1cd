// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/Unset.h"
#include "analysis/Accesses.h"
#include "analysis/CodeVisitor.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace weave {

static bool isDeclaredUnset(const VarDecl &V) {
  return V.hasLocalStorage() && !isa<ParmVarDecl>(V) && !V.hasInit() && V.getType()->isScalarType();
}

class UnsetVariables::Finder : public CodeVisitor {
  using Base = CodeVisitor;

public:
  Finder(UnsetVariables &Result, const llvm::SmallPtrSetImpl<const Stmt *> &Tasks) : Result(Result), Tasks(Tasks) {}

  bool TraverseStmt(Stmt *S) override { return !S || Tasks.contains(S) || Base::TraverseStmt(S); }
  bool VisitVarDecl(VarDecl *V) override {
    if (isDeclaredUnset(*V))
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

/// Follows control through the statements. Whatever does more to a variable than to read it sets it: who takes its
/// address, too.
class UnsetVariables::Walker {
public:
  Walker(UnsetVariables &Result, const ASTContext &Context) : Result(Result), Context(Context) {}

  void walk(const Stmt *S);

private:
  struct State {
    llvm::SmallPtrSet<const ValueDecl *, 4> Unset;
    bool Dead = false; ///< Control does not come here.

    void join(const State &Other) {
      if (Other.Dead)
        return;
      if (Dead)
        *this = Other;
      else
        Unset.insert_range(Other.Unset);
    }
  };

  void walkLoop(const Stmt &Loop, bool RunsOnce);
  void walkSwitch(const SwitchStmt &Switch);
  void leave(State *To) {
    if (To)
      To->join(Now);
    Now.Dead = true;
  }

  UnsetVariables &Result;
  const ASTContext &Context;
  State Now;
  State *AtBreak = nullptr;
  State AtCases; ///< Of the innermost switch.
};

void UnsetVariables::Walker::walkLoop(const Stmt &Loop, bool RunsOnce) {
  const State Before = Now;
  State Left{{}, /*Dead=*/true};
  State *const Outer = std::exchange(AtBreak, &Left);
  for (const Stmt *Child : Loop.children())
    walk(Child);
  AtBreak = Outer;
  if (!RunsOnce)
    Now.join(Before);
  Now.join(Left);
  // A loop without end is left by a jump, or by continue round to its condition.
  if (Now.Dead)
    Now = Before;
}

void UnsetVariables::Walker::walkSwitch(const SwitchStmt &Switch) {
  walk(Switch.getInit());
  walk(Switch.getConditionVariableDeclStmt());
  walk(Switch.getCond());
  State Left{{}, /*Dead=*/true};
  State *const OuterBreak = std::exchange(AtBreak, &Left);
  const State OuterCases = std::exchange(AtCases, Now);
  bool HasDefault = false;
  for (const SwitchCase *Case = Switch.getSwitchCaseList(); Case; Case = Case->getNextSwitchCase())
    HasDefault |= isa<DefaultStmt>(Case);
  const State Entry = Now;
  Now.Dead = true;
  walk(Switch.getBody());
  AtBreak = OuterBreak;
  AtCases = OuterCases;
  Now.join(Left);
  if (!HasDefault)
    Now.join(Entry);
}

void UnsetVariables::Walker::walk(const Stmt *S) {
  if (!S)
    return;
  if (directiveOf(*S))
    Result.AtDirective[S].insert_range(Now.Unset);
  if (const auto *If = dyn_cast<IfStmt>(S)) {
    walk(If->getInit());
    walk(If->getConditionVariableDeclStmt());
    walk(If->getCond());
    const State Before = Now;
    walk(If->getThen());
    State Then = std::exchange(Now, Before);
    walk(If->getElse());
    const auto Decided = constantCondition(If->getCond(), Context);
    if (Decided)
      Now = *Decided ? Then : Now;
    else
      Now.join(Then);
  } else if (const auto *For = dyn_cast<ForStmt>(S)) {
    walkLoop(*For, !For->getCond());
  } else if (const auto *While = dyn_cast<WhileStmt>(S)) {
    walkLoop(*While, constantCondition(While->getCond(), Context).value_or(false));
  } else if (isa<DoStmt>(S)) {
    walkLoop(*S, /*RunsOnce=*/true);
  } else if (isa<CXXForRangeStmt>(S)) {
    walkLoop(*S, /*RunsOnce=*/false);
  } else if (const auto *Switch = dyn_cast<SwitchStmt>(S)) {
    walkSwitch(*Switch);
  } else if (const auto *Try = dyn_cast<CXXTryStmt>(S)) {
    const State Before = Now;
    walk(Try->getTryBlock());
    State After = Now;
    for (unsigned I = 0; I < Try->getNumHandlers(); ++I) {
      Now = Before;
      walk(Try->getHandler(I)->getHandlerBlock());
      After.join(Now);
    }
    Now = After;
  } else if (const auto *Declared = dyn_cast<DeclStmt>(S)) {
    for (const Decl *D : Declared->decls())
      if (const auto *V = dyn_cast<VarDecl>(D)) {
        if (V->getInit()) {
          walk(V->getInit());
          if (V->getType()->isReferenceType())
            if (const auto *Named = dyn_cast<DeclRefExpr>(V->getInit()->IgnoreParenImpCasts()))
              Now.Unset.erase(Named->getDecl());
        }
        if (isDeclaredUnset(*V))
          Now.Unset.insert(V);
      }
  } else if (const auto *Cast = dyn_cast<ImplicitCastExpr>(S);
             Cast && Cast->getCastKind() == CK_LValueToRValue && isa<DeclRefExpr>(Cast->getSubExpr()->IgnoreParens())) {
    return; // reads it
  } else if (const auto *Named = dyn_cast<DeclRefExpr>(S)) {
    Now.Unset.erase(Named->getDecl());
  } else if (const auto *Lambda = dyn_cast<LambdaExpr>(S)) {
    for (const LambdaCapture &C : Lambda->captures())
      if (C.capturesVariable())
        Now.Unset.erase(C.getCapturedVar());
  } else {
    if (isa<SwitchCase>(S))
      Now.join(AtCases);
    else if (isa<LabelStmt>(S)) // reached from who knows where
      Now = State();
    for (const Stmt *Child : S->children())
      walk(Child);
    if (isa<BreakStmt>(S))
      leave(AtBreak);
    else if (isa<ReturnStmt, GotoStmt, IndirectGotoStmt, ContinueStmt, CXXThrowExpr>(S))
      leave(nullptr);
    else if (const auto *Call = dyn_cast<CallExpr>(S);
             Call && Call->getDirectCallee() && Call->getDirectCallee()->isNoReturn())
      leave(nullptr);
  }
}

UnsetVariables::UnsetVariables(const Function &In, const Structure &Where) : Where(Where) {
  llvm::SmallPtrSet<const Stmt *, 8> Tasks;
  for (const Site &S : Where.sitesIn(Where.span(In.Decl->getBody())))
    if (S.Inner && S.Inner->Kind == ActivationKind::Task)
      Tasks.insert(S.Attached.Subject);
  Finder(*this, Tasks).TraverseStmt(In.Decl->getBody());
  if (!FirstNamed.empty())
    Walker(*this, In.Decl->getASTContext()).walk(In.Decl->getBody());
}

bool UnsetVariables::isUntouched(const ValueDecl &V, const Site &Spawn) const {
  const auto Found = FirstNamed.find(&V);
  return Found != FirstNamed.end() && Found->second > Where.span(Spawn.Statement).Begin;
}

bool UnsetVariables::isPerhapsUnset(const ValueDecl &V, const Site &Spawn) const {
  const auto Found = AtDirective.find(Spawn.Statement);
  return Found != AtDirective.end() && Found->second.contains(&V);
}

} // namespace weave
