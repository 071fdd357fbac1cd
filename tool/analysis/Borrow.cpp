// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/Borrow.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace weave {

void Borrow::add(const ValueDecl &Captured) {
  if (const auto *Binding = dyn_cast<BindingDecl>(&Captured)) {
    if (const auto *Whole = dyn_cast_or_null<VarDecl>(Binding->getDecomposedDecl()))
      addVariable(*Whole);
  } else if (const auto *V = dyn_cast<VarDecl>(&Captured)) {
    addVariable(*V);
  }
}

void Borrow::addVariable(const VarDecl &V) {
  if (!V.hasLocalStorage() || !Seen.insert(&V).second)
    return;
  if (!V.getType()->isReferenceType()) {
    Objects.push_back(&V);
    return;
  }
  if (isa<ParmVarDecl>(V) || V.isInitCapture())
    return; // bound by the caller
  const Home *At = Where.home(&V);
  if (At && !At->Declaration) {
    Objects.push_back(&V); // the exception lives as long as its handler
    return;
  }
  if (const auto *Range = At ? dyn_cast<CXXForRangeStmt>(At->Scope) : nullptr;
      Range && At->Declaration == Range->getLoopVarStmt())
    addRoots(Range->getRangeInit(), V);
  if (const Expr *Init = V.getInit())
    addRoots(Init, V);
  else if (!At || !isa<CXXForRangeStmt>(At->Scope) || V.getType()->isRValueReferenceType() ||
           V.getType().getNonReferenceType().isConstQualified())
    Objects.push_back(&V); // in a template: perhaps a temporary
}

void Borrow::addRoots(const Expr *E, const VarDecl &Bound) {
  E = E->IgnoreParens();
  if (isa<MaterializeTemporaryExpr>(E)) {
    Objects.push_back(&Bound);
  } else if (const auto *Full = dyn_cast<FullExpr>(E)) {
    addRoots(Full->getSubExpr(), Bound);
  } else if (const auto *Cast = dyn_cast<CastExpr>(E)) {
    addRoots(Cast->getSubExpr(), Bound);
  } else if (const auto *Reference = dyn_cast<DeclRefExpr>(E)) {
    add(*Reference->getDecl());
  } else if (const auto *Member = dyn_cast<MemberExpr>(E)) {
    if (!Member->isArrow() && !Member->getMemberDecl()->getType()->isReferenceType())
      addRoots(Member->getBase(), Bound);
  } else if (const auto *DependentMember = dyn_cast<CXXDependentScopeMemberExpr>(E)) {
    if (!DependentMember->isImplicitAccess() && !DependentMember->isArrow())
      addRoots(DependentMember->getBase(), Bound);
  } else if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E)) {
    const Expr *Base = Subscript->getBase()->IgnoreParenImpCasts();
    if (Base->getType()->isArrayType() || Base->isTypeDependent())
      addRoots(Base, Bound);
  } else if (const auto *Unary = dyn_cast<UnaryOperator>(E)) {
    if (Unary->getOpcode() != UO_Deref)
      addRoots(Unary->getSubExpr(), Bound);
  } else if (const auto *Binary = dyn_cast<BinaryOperator>(E)) {
    if (Binary->getOpcode() == BO_Comma)
      addRoots(Binary->getRHS(), Bound);
    else if (Binary->isAssignmentOp() || Binary->getOpcode() == BO_PtrMemD)
      addRoots(Binary->getLHS(), Bound);
  } else if (const auto *Choice = dyn_cast<AbstractConditionalOperator>(E)) {
    addRoots(Choice->getTrueExpr(), Bound);
    addRoots(Choice->getFalseExpr(), Bound);
  } else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E)) {
    if (Operator->getOperator() != OO_Star && Operator->getOperator() != OO_Arrow)
      addRoots(Operator->getArg(0), Bound);
  } else if (const auto *Call = dyn_cast<CallExpr>(E)) {
    if (isa<CXXMemberCallExpr>(Call) ||
        isa<MemberExpr, CXXDependentScopeMemberExpr>(Call->getCallee()->IgnoreParens())) {
      addRoots(Call->getCallee(), Bound);
    } else {
      for (const Expr *Argument : Call->arguments())
        if (Argument->isGLValue() || Argument->isTypeDependent())
          addRoots(Argument, Bound);
    }
    if (E->isTypeDependent() &&
        (Bound.getType()->isRValueReferenceType() || Bound.getType().getNonReferenceType().isConstQualified()))
      Objects.push_back(&Bound); // perhaps a temporary
  } else if (!E->isGLValue()) {
    Objects.push_back(&Bound);
  }
}

} // namespace weave
