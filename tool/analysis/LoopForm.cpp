// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/LoopForm.h"
#include "Diagnostics.h"
#include "analysis/Mutation.h"
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

static std::optional<LoopForm> analyseRange(const CXXForRangeStmt &Loop, ASTContext &Context,
                                            const Diagnostics &Diags) {
  if (const auto *Begin = Loop.getBeginStmt())
    if (const QualType Type = cast<VarDecl>(Begin->getSingleDecl())->getType(); !mayBeRandomAccess(Type, Context)) {
      Diags.report(Loop.getRangeInit()->getBeginLoc(), Diag::loop_range) << Type;
      return std::nullopt;
    }
  LoopForm Form{&Loop, Loop.getBody(), Loop.getLoopVariable()};
  Form.Range = Loop.getRangeInit();
  Form.RangeInit = Loop.getInit();
  return Form;
}

static std::optional<LoopForm> analyseLoop(const Stmt &Subject, bool IsDependent, ASTContext &Context,
                                           const Diagnostics &Diags) {
  if (const auto *Range = dyn_cast<CXXForRangeStmt>(&Subject))
    return analyseRange(*Range, Context, Diags);
  const auto *Loop = cast<ForStmt>(&Subject);
  const auto *Init = dyn_cast_or_null<DeclStmt>(Loop->getInit());
  const auto *V = Init && Init->isSingleDecl() ? dyn_cast<VarDecl>(Init->getSingleDecl()) : nullptr;
  const Expr *First = V && !isa<DecompositionDecl>(V) ? writtenInit(*V) : nullptr;
  if (!First) {
    Diags.report(Init ? Init->getBeginLoc() : Loop->getBeginLoc(), Diag::loop_init);
    return std::nullopt;
  }
  if (!isCountable(V->getType(), Context)) {
    Diags.report(V->getLocation(), Diag::loop_variable) << V->getName() << V->getType();
    return std::nullopt;
  }
  LoopForm Form{Loop, Loop->getBody(), V, First};
  if (!readHeader(*Loop, *V, Context, Diags, Form))
    return std::nullopt;
  if (Mutation(*Loop->getBody(), IsDependent).isAssigned(*V)) {
    Diags.report(Loop->getBody()->getBeginLoc(), Diag::loop_assigned) << V->getName();
    return std::nullopt;
  }
  return Form;
}

unsigned collapsedLoops(const Directive &D, const Attachment &A, const ASTContext &Context) {
  const auto Operand = operandsOf(D, A).Collapse;
  if (Operand.empty())
    return 1;
  if (Operand.front()->isValueDependent())
    return 0;
  const auto Number = Operand.front()->getIntegerConstantExpr(Context);
  return Number && Number->isStrictlyPositive() && Number->getActiveBits() <= 8 ? Number->getZExtValue() : 0;
}

static const Stmt &withoutAttributes(const Stmt &S) {
  const auto *Attributed = dyn_cast<AttributedStmt>(&S);
  return Attributed && !directiveOf(S) ? withoutAttributes(*Attributed->getSubStmt()) : S;
}

static bool isFor(const Stmt &S) { return isa<ForStmt, CXXForRangeStmt>(S); }

static const Stmt &bodyOf(const Stmt &Loop) {
  const auto *For = dyn_cast<ForStmt>(&Loop);
  return *(For ? For->getBody() : cast<CXXForRangeStmt>(Loop).getBody());
}

/// What the body of a loop consists of, whatever braces are around it.
static SmallVector<const Stmt *, 4> partsOf(const Stmt &Body) {
  const Stmt &S = withoutAttributes(Body);
  if (isa<NullStmt>(S))
    return {};
  const auto *Block = dyn_cast<CompoundStmt>(&S);
  if (!Block)
    return {&S};
  SmallVector<const Stmt *, 4> Parts;
  for (const Stmt *Child : Block->body())
    Parts.append(partsOf(*Child));
  return Parts;
}

/// How the message `loop_between` calls it.
static unsigned kindOf(const Stmt &S) {
  return isa<DeclStmt>(S)                        ? 0
         : isa<Expr>(S)                          ? 1
         : isa<IfStmt, SwitchStmt>(S)            ? 2
         : isa<WhileStmt, DoStmt>(S) || isFor(S) ? 3
         : directiveOf(S)                        ? 4
                                                 : 5;
}

static void reportBetween(const Stmt &Loop, unsigned Depth, unsigned Found, const Diagnostics &Diags) {
  const auto Parts = partsOf(bodyOf(Loop));
  const auto Inner = llvm::find_if(Parts, [](const Stmt *S) { return isFor(*S) || directiveOf(*S); });
  if (Inner == Parts.end()) {
    Diags.report(Loop.getBeginLoc(), Diag::loop_missing) << Depth << Found;
    return;
  }
  const Stmt &Between = directiveOf(**Inner) || Inner != Parts.begin() ? *Parts.front() : *Parts[1];
  Diags.report(Between.getBeginLoc(), Diag::loop_between) << Depth << kindOf(Between);
}

/// A use of one of these variables in the header of a loop, or null.
static const DeclRefExpr *useInHeader(const LoopForm &Form, ArrayRef<const VarDecl *> Variables) {
  class Finder : public ConstDynamicRecursiveASTVisitor {
  public:
    explicit Finder(ArrayRef<const VarDecl *> Variables) : Variables(Variables) {}
    bool VisitDeclRefExpr(const DeclRefExpr *E) override {
      const ValueDecl *D = E->getDecl();
      if (const auto *Binding = dyn_cast<BindingDecl>(D))
        D = cast<VarDecl>(Binding->getDecomposedDecl());
      if (llvm::is_contained(Variables, D))
        Found = E;
      return !Found;
    }
    const DeclRefExpr *Found = nullptr;

  private:
    const ArrayRef<const VarDecl *> Variables;
  } Uses(Variables);
  for (const Stmt *Part :
       std::initializer_list<const Stmt *>{Form.First, Form.Last, Form.Stride, Form.Range, Form.RangeInit})
    if (Part)
      Uses.TraverseStmt(Part);
  return Uses.Found;
}

/// The first loop among the statements of a block.
static const Stmt *stagedLoop(const Stmt &Subject) {
  if (const auto *Block = dyn_cast<CompoundStmt>(&Subject))
    for (const Stmt *Child : Block->body())
      if (const Stmt &S = withoutAttributes(*Child); isFor(S))
        return &S;
  return nullptr;
}

SmallVector<const Stmt *, 1> parallelLoops(const Directive &D, const Attachment &A, const ASTContext &Context) {
  SmallVector<const Stmt *, 1> Loops;
  const Stmt *Next = D.Staged ? stagedLoop(*A.Subject) : &withoutAttributes(*A.Subject);
  for (unsigned Left = collapsedLoops(D, A, Context); Left && Next && isFor(*Next); --Left) {
    Loops.push_back(Next);
    const auto Parts = partsOf(bodyOf(*Next));
    Next = Parts.size() == 1 ? Parts.front() : nullptr;
  }
  return Loops;
}

static SmallVector<const VarDecl *> declaredIn(const Stmt &Block) {
  SmallVector<const VarDecl *> Variables;
  for (const Stmt *Child : Block.children())
    if (const auto *Declared = dyn_cast<DeclStmt>(Child))
      for (const Decl *D : Declared->decls())
        if (const auto *V = dyn_cast<VarDecl>(D))
          Variables.push_back(V);
  return Variables;
}

std::optional<LoopNest> analyseLoops(const Directive &D, const Attachment &A, bool IsDependent, ASTContext &Context,
                                     const Diagnostics &Diags) {
  const auto Loops = parallelLoops(D, A, Context);
  const unsigned Depth = collapsedLoops(D, A, Context);
  if (Loops.empty()) {
    Diags.report(A.Subject->getBeginLoc(), D.Staged ? Diag::not_staged : Diag::not_a_for);
    return std::nullopt;
  }
  if (Loops.size() < Depth) {
    reportBetween(*Loops.back(), Depth, Loops.size(), Diags);
    return std::nullopt;
  }
  LoopNest Nest;
  SmallVector<const VarDecl *> NotYet; // what is not there, or not settled, where the header is evaluated
  if (D.Staged)
    NotYet = declaredIn(*A.Subject);
  for (const Stmt *Loop : Loops) {
    const auto Form = analyseLoop(*Loop, IsDependent, Context, Diags);
    if (!Form)
      return std::nullopt;
    if (const DeclRefExpr *Use = useInHeader(*Form, NotYet)) {
      Diags.report(Use->getLocation(), D.Staged ? Diag::loop_prologue : Diag::loop_dependent) << Use->getDecl();
      return std::nullopt;
    }
    if (Form->RangeInit && (D.Staged || Depth > 1)) {
      Diags.report(Form->RangeInit->getBeginLoc(), Diag::loop_range_init) << !D.Staged;
      return std::nullopt;
    }
    NotYet.push_back(Form->Variable);
    Nest.push_back(*Form);
  }
  return Nest;
}

} // namespace weave
