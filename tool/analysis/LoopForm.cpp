// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/LoopForm.h"
#include "Diagnostics.h"
#include "analysis/Mutation.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace weave {

namespace {

/// An operator with its operands, built-in or (in a template, perhaps) overloaded.
struct Operation {
  OverloadedOperatorKind Operator = OO_None;
  const Expr *Left = nullptr;
  const Expr *Right = nullptr;
};

} // namespace

static Operation operation(const Expr *E) {
  E = E->IgnoreParens()->IgnoreImplicit();
  if (const auto *Binary = dyn_cast<BinaryOperator>(E))
    return {BinaryOperator::getOverloadedOperator(Binary->getOpcode()), Binary->getLHS(), Binary->getRHS()};
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return {UnaryOperator::getOverloadedOperator(Unary->getOpcode()), Unary->getSubExpr(), nullptr};
  if (const auto *Call = dyn_cast<CXXOperatorCallExpr>(E); Call && Call->getNumArgs() > 0)
    return {Call->getOperator(), Call->getArg(0), Call->getNumArgs() > 1 ? Call->getArg(1) : nullptr};
  return {};
}

static bool names(const Expr *E, const VarDecl &V) {
  const auto *Reference = E ? dyn_cast<DeclRefExpr>(E->IgnoreParenImpCasts()) : nullptr;
  return Reference && Reference->getDecl() == &V;
}

/// The expression that the user wrote to initialise a variable; null if there is none.
static const Expr *writtenInit(const VarDecl &V) {
  const Expr *Init = V.getInit();
  if (!Init)
    return nullptr;
  Init = Init->IgnoreImplicit();
  if (const auto *List = dyn_cast<InitListExpr>(Init))
    return List->getNumInits() == 1 ? List->getInit(0)->IgnoreImplicit() : nullptr;
  if (const auto *List = dyn_cast<ParenListExpr>(Init))
    return List->getNumExprs() == 1 ? List->getExpr(0)->IgnoreImplicit() : nullptr;
  return Init;
}

static std::optional<Bound> relation(OverloadedOperatorKind Operator, bool VariableOnLeft) {
  switch (Operator) {
  case OO_Less:
    return VariableOnLeft ? Bound::Less : Bound::Greater;
  case OO_LessEqual:
    return VariableOnLeft ? Bound::LessEqual : Bound::GreaterEqual;
  case OO_Greater:
    return VariableOnLeft ? Bound::Greater : Bound::Less;
  case OO_GreaterEqual:
    return VariableOnLeft ? Bound::GreaterEqual : Bound::LessEqual;
  case OO_ExclaimEqual:
    return Bound::NotEqual;
  default:
    return std::nullopt;
  }
}

static bool readHeader(const ForStmt &Loop, const VarDecl &V, ASTContext &Context, const Diagnostics &Diags,
                       LoopForm &Form) {
  const Expr *Condition = Loop.getCond();
  const Operation Compared = Condition && !Loop.getConditionVariable() ? operation(Condition) : Operation();
  const bool OnLeft = names(Compared.Left, V);
  const auto Relation = OnLeft || names(Compared.Right, V) ? relation(Compared.Operator, OnLeft) : std::nullopt;
  Form.Last = OnLeft ? Compared.Right : Compared.Left;
  if (!Relation || names(Form.Last, V)) {
    Diags.report(Condition ? Condition->getBeginLoc() : Loop.getBeginLoc(), Diag::loop_condition) << V.getName();
    return false;
  }
  Form.Relation = *Relation;
  Form.Last = Form.Last->IgnoreImplicit();

  const Expr *Increment = Loop.getInc();
  const Operation Step = Increment ? operation(Increment) : Operation();
  const bool Adds = Step.Operator == OO_PlusPlus || Step.Operator == OO_PlusEqual;
  const bool Takes = Step.Operator == OO_MinusMinus || Step.Operator == OO_MinusEqual;
  if (!names(Step.Left, V) || (!Adds && !Takes)) {
    Diags.report(Increment ? Increment->getBeginLoc() : Loop.getBeginLoc(), Diag::loop_increment) << V.getName();
    return false;
  }
  if (Step.Operator == OO_PlusEqual || Step.Operator == OO_MinusEqual) {
    Form.Stride = Step.Right->IgnoreImplicit();
    Expr::EvalResult Value;
    Form.NegateStride = !Form.Stride->isValueDependent() && Form.Stride->EvaluateAsInt(Value, Context) &&
                        Value.Val.getInt().isNegative();
  }
  Form.Upwards = Adds != Form.NegateStride;
  const bool BoundAbove = Form.Relation == Bound::Less || Form.Relation == Bound::LessEqual;
  if (Form.Relation != Bound::NotEqual && BoundAbove != Form.Upwards) {
    Diags.report(Increment->getBeginLoc(), Diag::loop_direction) << V.getName();
    return false;
  }
  return true;
}

std::optional<LoopForm> analyseLoop(const Stmt &Subject, bool IsDependent, ASTContext &Context,
                                    const Diagnostics &Diags) {
  const auto *Loop = dyn_cast<ForStmt>(&Subject);
  if (!Loop) {
    Diags.report(Subject.getBeginLoc(), isa<CXXForRangeStmt>(Subject) ? Diag::range_for : Diag::not_a_for);
    return std::nullopt;
  }
  const auto *Init = dyn_cast_or_null<DeclStmt>(Loop->getInit());
  const auto *V = Init && Init->isSingleDecl() ? dyn_cast<VarDecl>(Init->getSingleDecl()) : nullptr;
  const Expr *First = V && !isa<DecompositionDecl>(V) ? writtenInit(*V) : nullptr;
  if (!First) {
    Diags.report(Init ? Init->getBeginLoc() : Loop->getBeginLoc(), Diag::loop_init);
    return std::nullopt;
  }
  const QualType Type = V->getType();
  if (!Type->isDependentType() && !Type->isUndeducedType() &&
      (!Type->isIntegerType() || Type->isBooleanType() || Type->isEnumeralType() || Type.isVolatileQualified())) {
    Diags.report(V->getLocation(), Diag::loop_variable) << V->getName() << Type;
    return std::nullopt;
  }
  LoopForm Form{Loop, V, First, nullptr, nullptr, false, Bound::Less, true};
  if (!readHeader(*Loop, *V, Context, Diags, Form))
    return std::nullopt;
  if (Mutation(*Loop->getBody(), IsDependent).isAssigned(*V)) {
    Diags.report(Loop->getBody()->getBeginLoc(), Diag::loop_assigned) << V->getName();
    return std::nullopt;
  }
  return Form;
}

} // namespace weave
