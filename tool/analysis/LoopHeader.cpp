// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/LoopHeader.h"
#include "Diagnostics.h"
#include "analysis/Captures.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DynamicRecursiveASTVisitor.h"
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
  if (const auto *Rewritten = dyn_cast<CXXRewrittenBinaryOperator>(E))
    return {BinaryOperator::getOverloadedOperator(Rewritten->getOperator()), Rewritten->getLHS(), Rewritten->getRHS()};
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
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(Init)) {
    const auto Others = llvm::drop_begin(Construct->arguments());
    const bool IsConversion = Construct->getNumArgs() >= 1 && !isa<CXXDefaultArgExpr>(Construct->getArg(0)) &&
                              llvm::all_of(Others, [](const Expr *E) { return isa<CXXDefaultArgExpr>(E); });
    return IsConversion ? Construct->getArg(0)->IgnoreImplicit() : nullptr;
  }
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

/// Whether an expression names the variable anywhere.
static bool mentions(const Expr &E, const VarDecl &V) {
  class Finder : public ConstDynamicRecursiveASTVisitor {
  public:
    explicit Finder(const VarDecl &V) : V(V) {}
    bool VisitDeclRefExpr(const DeclRefExpr *Reference) override { return Reference->getDecl() != &V; }

  private:
    const VarDecl &V;
  };
  return !Finder(V).TraverseStmt(&E);
}

namespace {

/// What an increment does to the variable.
struct Step {
  const Expr *Amount; ///< Null: one.
  bool Adds;
};

} // namespace

static const Expr *withoutConversionTo(QualType Type, const Expr *E) {
  E = E->IgnoreParenImpCasts();
  const auto *Cast = dyn_cast<ExplicitCastExpr>(E);
  return Cast && Cast->getType().getCanonicalType() == Type.getCanonicalType().getUnqualifiedType() ? Cast->getSubExpr()
                                                                                                    : E;
}

static std::optional<Step> stepOf(const Expr &Increment, const VarDecl &V) {
  const Operation Whole = operation(&Increment);
  if (!names(Whole.Left, V))
    return std::nullopt;
  switch (Whole.Operator) {
  case OO_PlusPlus:
  case OO_MinusMinus:
    return Step{nullptr, Whole.Operator == OO_PlusPlus};
  case OO_PlusEqual:
  case OO_MinusEqual:
    return Step{Whole.Right, Whole.Operator == OO_PlusEqual};
  case OO_Equal: { // i = i + amount
    const Operation Sum = operation(withoutConversionTo(V.getType().getNonReferenceType(), Whole.Right));
    if (!Sum.Right || (Sum.Operator != OO_Plus && Sum.Operator != OO_Minus))
      return std::nullopt;
    if (names(Sum.Left, V))
      return Step{Sum.Right, Sum.Operator == OO_Plus};
    if (Sum.Operator == OO_Plus && names(Sum.Right, V))
      return Step{Sum.Left, true};
    return std::nullopt;
  }
  default:
    return std::nullopt;
  }
}

static std::optional<llvm::APSInt> constantValue(const Expr &E, const ASTContext &Context) {
  Expr::EvalResult Value;
  if (E.isValueDependent() || !E.EvaluateAsInt(Value, Context))
    return std::nullopt;
  return Value.Val.getInt();
}

/// Which way the variable goes. Where only the run tells the sign of the amount, the comparison tells the way.
static bool readDirection(const Step &By, const VarDecl &V, const ASTContext &Context, LoopForm &Form) {
  const bool IsOrdered = Form.Relation != Bound::NotEqual;
  const bool BoundAbove = Form.Relation == Bound::Less || Form.Relation == Bound::LessEqual;
  const auto Amount = By.Amount ? constantValue(*By.Amount, Context) : std::nullopt;
  if (By.Amount && !Amount) {
    Form.Upwards = IsOrdered ? BoundAbove : By.Adds;
    Form.NegateStride = By.Adds != Form.Upwards;
    return true;
  }
  const QualType Type = V.getType().getNonReferenceType();
  const auto Go = [&](bool Negative) {
    Form.NegateStride = Negative;
    Form.Upwards = By.Adds != Negative;
    return !IsOrdered || BoundAbove == Form.Upwards;
  };
  if (Go(Amount && Amount->isNegative()))
    return true;
  // To add nearly all of an unsigned type's range is to subtract.
  if (Amount && Type->isUnsignedIntegerType()) {
    llvm::APSInt Wrapped = Amount->extOrTrunc(Context.getIntWidth(Type));
    Wrapped.setIsSigned(true);
    if (Wrapped.isNegative() != Amount->isNegative() && Go(Wrapped.isNegative()))
      return true;
    Go(Amount->isNegative());
  }
  // An unsigned variable that goes the other way one by one ends where it wraps around.
  Form.Wraps = (Type->isUnsignedIntegerType() || Type->isDependentType()) && (!Amount || Amount->abs().isOne());
  return Form.Wraps;
}

static bool readIncrement(const ForStmt &Loop, const VarDecl &V, const ASTContext &Context, const Diagnostics &Diags,
                          LoopForm &Form) {
  const Expr *Increment = Loop.getInc();
  const auto By = Increment ? stepOf(*Increment, V) : std::nullopt;
  if (!By) {
    Diags.report(Increment ? Increment->getBeginLoc() : Loop.getBeginLoc(), Diag::loop_increment) << V.getName();
    return false;
  }
  if (By->Amount) {
    Form.Stride = By->Amount->IgnoreImplicit();
    const QualType Type = Form.Stride->getType();
    const auto Amount = constantValue(*Form.Stride, Context);
    std::optional<unsigned> Fault;
    if (Type->isRealFloatingType())
      Fault = 0;
    else if (Amount && Amount->isZero())
      Fault = 1;
    else if (mentions(*Form.Stride, V))
      Fault = 2;
    if (Fault) {
      Diags.report(Form.Stride->getBeginLoc(), Diag::loop_stride) << *Fault << V.getName() << Type;
      return false;
    }
  }
  if (!readDirection({Form.Stride, By->Adds}, V, Context, Form)) {
    Diags.report(Increment->getBeginLoc(), Diag::loop_direction) << V.getName();
    return false;
  }
  return true;
}

static bool readCondition(const ForStmt &Loop, const VarDecl &V, const Diagnostics &Diags, LoopForm &Form) {
  const Expr *Condition = Loop.getCond();
  const Operation Compared = Condition && !Loop.getConditionVariable() ? operation(Condition) : Operation();
  const bool OnLeft = names(Compared.Left, V);
  const auto Relation = OnLeft || names(Compared.Right, V) ? relation(Compared.Operator, OnLeft) : std::nullopt;
  Form.Last = OnLeft ? Compared.Right : Compared.Left;
  if (!Relation || mentions(*Form.Last, V)) {
    Diags.report(Condition ? Condition->getBeginLoc() : Loop.getBeginLoc(), Diag::loop_condition) << V.getName();
    return false;
  }
  Form.Relation = *Relation;
  Form.Last = Form.Last->IgnoreImplicit();
  Form.Condition = Condition;
  return true;
}

/// The tag that an iterator class names; null if it names none.
static const CXXRecordDecl *iteratorTag(const CXXRecordDecl &Iterator, ASTContext &Context) {
  for (const StringRef Name : {"iterator_concept", "iterator_category"})
    for (const NamedDecl *D : Iterator.lookup(&Context.Idents.get(Name)))
      if (const auto *Alias = dyn_cast<TypedefNameDecl>(D))
        return Alias->getUnderlyingType()->getAsCXXRecordDecl();
  for (const CXXBaseSpecifier &Base : Iterator.bases())
    if (const CXXRecordDecl *Record = Base.getType()->getAsCXXRecordDecl(); Record && Record->hasDefinition())
      if (const CXXRecordDecl *Tag = iteratorTag(*Record, Context))
        return Tag;
  return nullptr;
}

/// False only if it is certain; the headers have the last word.
static bool mayBeRandomAccess(QualType Type, ASTContext &Context) {
  if (Type->isDependentType() || Type->isUndeducedType())
    return true;
  if (Type->isPointerType())
    return Type->getPointeeType()->isObjectType() && !Type.isVolatileQualified();
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  if (!Record || !Record->hasDefinition())
    return false;
  const CXXRecordDecl *Tag = iteratorTag(*Record, Context);
  if (!Tag || !Tag->hasDefinition())
    return true;
  const auto IsRandomAccess = [](const CXXRecordDecl &R) {
    return R.getIdentifier() && R.isInStdNamespace() && R.getName() == "random_access_iterator_tag";
  };
  bool Found = IsRandomAccess(*Tag);
  Tag->forallBases([&](const CXXRecordDecl *Base) {
    Found |= IsRandomAccess(*Base);
    return true;
  });
  return Found;
}

static bool isCountable(QualType Type, ASTContext &Context) {
  if (Type->isIntegerType())
    return !Type->isBooleanType() && !Type->isEnumeralType() && !Type.isVolatileQualified();
  return mayBeRandomAccess(Type, Context);
}

static std::optional<LoopForm> readRange(const CXXForRangeStmt &Loop, ASTContext &Context, const Diagnostics &Diags) {
  if (const auto *Begin = Loop.getBeginStmt())
    if (const QualType Type = cast<VarDecl>(Begin->getSingleDecl())->getType(); !mayBeRandomAccess(Type, Context)) {
      Diags.report(Loop.getRangeInit()->getBeginLoc(), Diag::loop_range) << Type;
      return std::nullopt;
    }
  const QualType Type = Loop.getRangeInit()->getType();
  if (hasVariableLength(Type) && Type->isArrayType() &&
      hasVariableLength(Context.getAsArrayType(Type)->getElementType())) {
    Diags.report(Loop.getRangeInit()->getBeginLoc(), Diag::loop_rows) << Type;
    return std::nullopt;
  }
  LoopForm Form{&Loop, Loop.getBody()};
  Form.Variable = Loop.getLoopVariable();
  Form.Range = Loop.getRangeInit();
  Form.RangeInit = Loop.getInit();
  return Form;
}

/// The variable that the first part of a loop gives its first value, and that value.
static bool readInit(const ForStmt &Loop, LoopForm &Form) {
  if (const auto *Init = dyn_cast_or_null<DeclStmt>(Loop.getInit())) {
    const auto *V = Init->isSingleDecl() ? dyn_cast<VarDecl>(Init->getSingleDecl()) : nullptr;
    Form.Variable = V;
    Form.First = V && !isa<DecompositionDecl>(V) ? writtenInit(*V) : nullptr;
  } else if (const auto *Init = dyn_cast_or_null<Expr>(Loop.getInit())) {
    const Operation Assigned = operation(Init);
    const auto *Reference =
        Assigned.Operator == OO_Equal ? dyn_cast<DeclRefExpr>(Assigned.Left->IgnoreParenImpCasts()) : nullptr;
    Form.IsOutside = true;
    // In the loop, its own variable has the name, unless that says where the other one is.
    Form.Variable = Reference && !Reference->hasQualifier() ? dyn_cast<VarDecl>(Reference->getDecl()) : nullptr;
    Form.First = Form.Variable ? Assigned.Right->IgnoreImplicit() : nullptr;
  }
  return Form.First;
}

std::optional<LoopForm> readLoopHeader(const Stmt &Loop, ASTContext &Context, const Diagnostics &Diags) {
  if (const auto *Range = dyn_cast<CXXForRangeStmt>(&Loop))
    return readRange(*Range, Context, Diags);
  const auto *For = cast<ForStmt>(&Loop);
  LoopForm Form{For, For->getBody()};
  if (!readInit(*For, Form)) {
    Diags.report(For->getInit() ? For->getInit()->getBeginLoc() : For->getBeginLoc(), Diag::loop_init);
    return std::nullopt;
  }
  const VarDecl &V = *Form.Variable;
  if (const QualType Type = V.getType().getNonReferenceType(); !isCountable(Type, Context)) {
    Diags.report(Form.IsOutside ? For->getInit()->getBeginLoc() : V.getLocation(), Diag::loop_variable)
        << V.getName() << Type;
    return std::nullopt;
  }
  if (!readCondition(*For, V, Diags, Form) || !readIncrement(*For, V, Context, Diags, Form))
    return std::nullopt;
  return Form;
}

} // namespace weave
