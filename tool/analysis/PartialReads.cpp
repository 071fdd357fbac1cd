// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/PartialReads.h"
#include "Diagnostics.h"
#include "analysis/Accesses.h"
#include "analysis/Captures.h"
#include "analysis/CodeVisitor.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace weave {

namespace {

class Finder : public CodeVisitor {
public:
  Finder(const ReducedVariable &Of, const ValueDecl *Variable, const ASTContext &Context)
      : Of(Of), Variable(Variable), Context(Context) {}

  bool TraverseStmt(Stmt *S) override {
    if (!S || isa<LambdaExpr, UnaryExprOrTypeTraitExpr, CXXNoexceptExpr>(S))
      return true;
    if (const auto *E = dyn_cast<Expr>(S); E && !Found && isRead(*E) && leaves(*E))
      Found = E;
    Path.push_back(S);
    const bool GoesOn = CodeVisitor::TraverseStmt(S);
    Path.pop_back();
    return GoesOn && !Found;
  }
  bool VisitVarDecl(VarDecl *V) override {
    Inside.insert(V);
    return true;
  }

  const Expr *Found = nullptr;

private:
  bool isVariable(const Expr &E) const;
  bool isRead(const Expr &E) const;
  bool isPassedToBeRead(const Expr &E) const;
  bool leaves(const Expr &Read) const;
  bool isOfLoop(const Expr &Lvalue) const;
  bool keepsInside(const Expr &Call) const;

  const ReducedVariable &Of;
  const ValueDecl *Variable; ///< Null: a member.
  const ASTContext &Context;
  SmallVector<const Stmt *> Path;
  llvm::SmallPtrSet<const ValueDecl *, 8> Inside; ///< Declared in the body.
};

} // namespace

bool Finder::isVariable(const Expr &E) const {
  const Expr *Inner = E.IgnoreParens();
  if (const auto *Reference = dyn_cast<DeclRefExpr>(Inner))
    return Variable && Reference->getDecl() == Variable;
  return llvm::is_contained(Of.Uses, Inner);
}

/// Whether the value of the variable is taken here: as it is, or as an assignment or an increment leaves it.
bool Finder::isRead(const Expr &E) const {
  if (const auto *Step = dyn_cast<UnaryOperator>(&E); Step && Step->isPostfix())
    return isVariable(*Step->getSubExpr());
  const auto *Cast = dyn_cast<ImplicitCastExpr>(&E);
  if (!Cast || Cast->getCastKind() != CK_LValueToRValue)
    return isVariable(E) && isPassedToBeRead(E);
  const Expr *From = Cast->getSubExpr()->IgnoreParens();
  if (const auto *Assignment = dyn_cast<BinaryOperator>(From); Assignment && Assignment->isAssignmentOp())
    From = Assignment->getLHS();
  else if (const auto *Step = dyn_cast<UnaryOperator>(From); Step && Step->isPrefix() && Step->isIncrementDecrementOp())
    From = Step->getSubExpr();
  return isVariable(*From);
}

/// By a reference to const.
bool Finder::isPassedToBeRead(const Expr &E) const {
  for (const Stmt *Parent : llvm::reverse(Path)) {
    if (isa<ParenExpr, ImplicitCastExpr>(Parent))
      continue;
    const auto *Call = dyn_cast<CallExpr>(Parent);
    const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
    if (!Callee)
      return false;
    const unsigned Skip = isa<CXXOperatorCallExpr>(Call) && isa<CXXMethodDecl>(Callee) ? 1 : 0;
    for (auto [I, Argument] : llvm::enumerate(Call->arguments()))
      if (Argument->IgnoreParenImpCasts() == E.IgnoreParens() && I >= Skip && I - Skip < Callee->getNumParams()) {
        const QualType Type = Callee->getParamDecl(I - Skip)->getType();
        return Type->isLValueReferenceType() && Type.getNonReferenceType().isConstQualified();
      }
    return false;
  }
  return false;
}

/// The variable itself, or one of the body.
bool Finder::isOfLoop(const Expr &Lvalue) const {
  if (isVariable(Lvalue))
    return true;
  const auto What = placeOf(Lvalue, Context);
  return What && What->Variable && Inside.contains(What->Variable) && !What->Variable->getType()->isReferenceType();
}

/// Whether what a call gets may go where it belongs: to an object of the body, or to the variable by its address.
bool Finder::keepsInside(const Expr &Call) const {
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(&Call); Member && isOfLoop(*Member->getImplicitObjectArgument()))
    return true;
  const auto *Function = dyn_cast<CallExpr>(&Call);
  return Function && llvm::any_of(Function->arguments(), [&](const Expr *Argument) {
           const auto *Address = dyn_cast<UnaryOperator>(Argument->IgnoreParenImpCasts());
           const Expr &What = Address && Address->getOpcode() == UO_AddrOf ? *Address->getSubExpr() : *Argument;
           return What.isLValue() && isOfLoop(What) && !(isVariable(What) && isPassedToBeRead(What));
         });
}

/// Whether an expression is all that a statement does, and not a condition or an initialiser.
static bool isStatementOf(const Stmt &E, const Stmt &Parent) {
  if (const auto *If = dyn_cast<IfStmt>(&Parent))
    return If->getThen() == &E || If->getElse() == &E;
  if (const auto *For = dyn_cast<ForStmt>(&Parent))
    return For->getBody() == &E;
  if (const auto *Range = dyn_cast<CXXForRangeStmt>(&Parent))
    return Range->getBody() == &E;
  if (const auto *While = dyn_cast<WhileStmt>(&Parent))
    return While->getBody() == &E;
  return isa<CompoundStmt, AttributedStmt, LabelStmt>(&Parent);
}

/// Whether the value goes elsewhere than into the reduction or into a variable of the body.
bool Finder::leaves(const Expr &Read) const {
  const Stmt *Child = &Read;
  bool HasEffect = false;
  for (const Stmt *Parent : llvm::reverse(Path)) {
    const auto *E = dyn_cast<Expr>(Parent);
    if (!E)
      return HasEffect && isStatementOf(*Child, *Parent);
    if (const auto *Operator = dyn_cast<BinaryOperator>(E)) {
      if (Operator->isComparisonOp() || Operator->isLogicalOp())
        return false;
      if (Operator->isAssignmentOp())
        return Child != Operator->getRHS() || !isOfLoop(*Operator->getLHS());
    } else if (const auto *Choice = dyn_cast<AbstractConditionalOperator>(E)) {
      if (Child == Choice->getCond())
        return false;
    } else if (const auto *Step = dyn_cast<UnaryOperator>(E)) {
      if (Step->getOpcode() == UO_LNot)
        return false;
      HasEffect |= Step->isIncrementDecrementOp();
    } else if (isa<CallExpr>(E)) {
      if (keepsInside(*E))
        return false;
      HasEffect = true;
    }
    Child = E;
  }
  return HasEffect;
}

void findPartialReads(const LoopPlan &Loop, const DirectiveTable &Table, const ASTContext &Context,
                      const Diagnostics &Diags) {
  const Directive &D = Table[Loop.Where->Index];
  const Stmt *Code = D.Staged ? Loop.Where->Attached.Subject : Loop.Nest.back().Body;
  const ArrayRef<const Expr *> Operands = operandsOf(D, Loop.Where->Attached).Reductions;
  for (const ReducedVariable &Reduced : Loop.Reduced) {
    const Expr *Operand = Operands[Reduced.Said - D.Reductions.begin()];
    if (Reduced.Said->TakesLast || Reduced.Said->Part || !Operand->getType()->isScalarType())
      continue;
    const auto *Reference = dyn_cast<DeclRefExpr>(Operand->IgnoreParenImpCasts());
    Finder Reads(Reduced, Reference ? Reference->getDecl() : nullptr, Context);
    Reads.TraverseStmt(const_cast<Stmt *>(Code));
    if (!Reads.Found)
      continue;
    Diags.report(Reads.Found->getExprLoc(), Diag::partial_read) << Reduced.Said->Variable.Text;
    noteDirective(*Loop.Where, Table, Diags);
  }
}

} // namespace weave
