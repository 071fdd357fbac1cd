// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/Accesses.h"
#include "analysis/CodeVisitor.h"
#include "analysis/StandardLibrary.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/ExprConcepts.h"
#include "clang/AST/StmtCXX.h"
#include "clang/AST/StmtOpenMP.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;

namespace weave {

bool DirectAccess::updates() const {
  return isa_and_nonnull<UnaryOperator, CompoundAssignOperator, CXXMemberCallExpr>(Writer) ||
         (isa_and_nonnull<CXXOperatorCallExpr>(Writer) && cast<CXXOperatorCallExpr>(Writer)->getOperator() != OO_Equal);
}

const Expr *rangeRead(const CXXForRangeStmt &Loop) {
  const QualType Type = Loop.getLoopVariable()->getType();
  const Expr &Range = *Loop.getRangeInit()->IgnoreParenImpCasts();
  const bool Reads = !Type->isReferenceType() || Type->getPointeeType().isConstQualified();
  return Reads && Range.isGLValue() ? &Range : nullptr;
}

std::optional<bool> constantCondition(const Expr *Condition, const ASTContext &Context) {
  bool Value;
  if (!Condition || Condition->isValueDependent() || Condition->isTypeDependent() ||
      !Condition->EvaluateAsBooleanCondition(Value, Context))
    return std::nullopt;
  return Value;
}

namespace {

class Collector {
public:
  explicit Collector(const ASTContext &Context) : Context(Context) {}

  void visit(const Stmt *S);

  AccessList finish() {
    for (DirectAccess &A : Result.Accesses)
      if (Inside.contains(A.What.Variable))
        A.What = throughReferences(A.What, Context);
    llvm::erase_if(Result.Accesses, [&](const DirectAccess &A) { return Inside.contains(A.What.Variable); });
    llvm::erase_if(Result.Elements, [&](const ElementAccess &A) { return Inside.contains(A.Base.Variable); });
    return std::move(Result);
  }

private:
  void visitChildren(const Stmt &S) {
    for (const Stmt *Child : S.children())
      visit(Child);
  }
  void visitConditionally(const Stmt *S) {
    llvm::SaveAndRestore Saved(IsConditional, true);
    visit(S);
  }
  void visitUnder(Condition C, const Stmt *S) {
    Under.push_back(C);
    visitConditionally(S);
    Under.pop_back();
  }
  void visitCall(const CallExpr &Call);
  void visitOperator(const CXXOperatorCallExpr &Call);
  void visitMemberCall(const CXXMemberCallExpr &Call);
  void visitBinary(const BinaryOperator &B);
  void visitIf(const IfStmt &If);
  void visitConstruct(const OMPExecutableDirective &Construct);
  void noteSynchronisation(const Stmt &S);

  DirectAccess access(Place What, bool Writes, const Expr &Lvalue, const Expr *Writer) const {
    return {std::move(What), Writes, IsConditional || Jumped, Lvalue.getExprLoc(), Writer, Under};
  }
  void add(const Expr &Lvalue, bool Writes, const Expr *Writer = nullptr) {
    if (auto What = placeBehindPointers(Lvalue, Context))
      Result.Accesses.push_back(access(std::move(*What), Writes, Lvalue, Writer));
    else if (auto Element = elementOf(Lvalue))
      Result.Elements.push_back({std::move(Element->Base), Element->ThroughPointer, std::move(Element->Indices),
                                 access({}, Writes, Lvalue, Writer)});
  }
  void addHeader(const Expr &Container) {
    if (auto What = placeBehindPointers(Container, Context)) {
      What->extend(Place::Step{Place::Step::Kind::Header});
      Result.Accesses.push_back(access(std::move(*What), false, Container, nullptr));
    }
  }
  /// What a pointer points to ends.
  void addFreed(const Expr &Pointer) {
    const Expr &E = *Pointer.IgnoreParenCasts();
    if (auto What = E.isGLValue() ? placeBehindPointers(E, Context) : std::nullopt) {
      What->extend(Place::Step{Place::Step::Kind::Pointee});
      Result.Accesses.push_back(access(std::move(*What), true, E, nullptr));
    }
  }
  struct Element {
    Place Base;
    bool ThroughPointer = false;
    SmallVector<const Expr *, 2> Indices = {};
  };
  std::optional<Element> elementOf(const Expr &Lvalue) const;
  /// In a template no conversion marks a read.
  void addDependentRead(const Expr *Operand) {
    const Expr *E = Operand->IgnoreParens();
    if (!isa<DeclRefExpr>(E) || !E->isLValue())
      return;
    const QualType Type = E->getType();
    if (Type->isScalarType() || Type->getAs<TemplateTypeParmType>() || Type->isUndeducedAutoType())
      add(*E, false);
  }

  const ASTContext &Context;
  AccessList Result;
  llvm::DenseSet<const ValueDecl *> Inside;
  Conditions Under;
  bool IsConditional = false;
  bool Jumped = false; ///< What follows a jump is reached only when the jump is not made.
};

} // namespace

std::optional<Collector::Element> Collector::elementOf(const Expr &Lvalue) const {
  const Expr *E = Lvalue.IgnoreParens();
  Element Result;
  while (E) {
    const Expr *Index;
    if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E)) {
      Index = Subscript->getIdx();
      E = Subscript->getBase()->IgnoreParenImpCasts();
    } else if (const auto *Call = dyn_cast<CXXOperatorCallExpr>(E); Call && Call->getOperator() == OO_Subscript &&
                                                                    Call->getNumArgs() == 2 &&
                                                                    isIndexable(Call->getArg(0)->getType())) {
      Index = Call->getArg(1);
      E = Call->getArg(0)->IgnoreParenImpCasts();
    } else {
      return std::nullopt;
    }
    Result.Indices.insert(Result.Indices.begin(), Index);
    // Of pointers to pointers, two may be equal.
    Result.ThroughPointer = E->getType()->isPointerType();
    if (auto Base = placeBehindPointers(*E, Context)) {
      Result.Base = std::move(*Base);
      return Result;
    }
    if (Result.ThroughPointer)
      return std::nullopt;
  }
  return std::nullopt;
}

void Collector::noteSynchronisation(const Stmt &S) {
  StringRef Name;
  if (const auto *Reference = dyn_cast<DeclRefExpr>(&S))
    Name = isa<FunctionDecl>(Reference->getDecl()) ? nameOf(*Reference->getDecl()) : "";
  else if (const auto *Member = dyn_cast<MemberExpr>(&S))
    Name = isa<FunctionDecl>(Member->getMemberDecl()) ? nameOf(*Member->getMemberDecl()) : "";
  else if (const auto *Lookup = dyn_cast<OverloadExpr>(&S); Lookup && Lookup->getName().isIdentifier())
    Name = Lookup->getName().getAsIdentifierInfo()->getName();
  else if (const auto *Dependent = dyn_cast<CXXDependentScopeMemberExpr>(&S); Dependent && Dependent->getMember())
    Name = Dependent->getMember().isIdentifier() ? Dependent->getMember().getAsIdentifierInfo()->getName() : "";
  if (soundsLikeSynchronisation(Name))
    Result.Synchronises = true;
  if (const auto *E = dyn_cast<Expr>(&S)) {
    const QualType Type = E->getType();
    if (Type.isNull())
      return;
    const CXXRecordDecl *Record = Type.getNonReferenceType()->getAsCXXRecordDecl();
    if (Type->isAtomicType() || Type.isVolatileQualified() || (Record && soundsLikeSynchronisation(nameOf(*Record))))
      Result.Synchronises = true;
  }
}

void Collector::visitBinary(const BinaryOperator &B) {
  if (B.isAssignmentOp()) {
    const Expr &Target = *B.getLHS();
    const QualType Type = Target.getType();
    // In a template, what `=` does to a dependent class is not known.
    if (!B.isTypeDependent() || Type->isScalarType() || Type->getAs<TemplateTypeParmType>()) {
      add(Target, true, &B);
      if (B.isTypeDependent())
        addDependentRead(B.getRHS());
    }
  } else if (B.isTypeDependent() && !B.isLogicalOp() && B.getOpcode() != BO_Comma && B.getOpcode() != BO_Shl &&
             B.getOpcode() != BO_Shr) {
    addDependentRead(B.getLHS());
    addDependentRead(B.getRHS());
  }
  visit(B.getLHS());
  if (B.isLogicalOp())
    visitUnder({B.getLHS(), B.getOpcode() == BO_LAnd}, B.getRHS());
  else
    visit(B.getRHS());
}

static bool isTrivialAssignment(const CXXOperatorCallExpr &Call) {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Call.getDirectCallee());
  return Method && Method->isTrivial();
}

void Collector::visitOperator(const CXXOperatorCallExpr &Call) {
  const Expr &First = *Call.getArg(0);
  const bool IsLibrary = isLibraryClass(First.getType());
  if (Call.isAssignmentOp()) {
    if (IsLibrary || isTrivialAssignment(Call))
      add(First, true, &Call);
    return;
  }
  switch (Call.getOperator()) {
  case OO_Subscript:
    if (isIndexable(First.getType()) || (IsLibrary && Call.getNumArgs() == 2 && !mayInsert(Call)))
      addHeader(First);
    else if (IsLibrary)
      add(First, true, &Call);
    break;
  case OO_Call: // a generator of random numbers, a distribution
    if (const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Call.getDirectCallee());
        IsLibrary && Method && !Method->isConst())
      add(First, true, &Call);
    break;
  case OO_Plus:
  case OO_EqualEqual:
  case OO_ExclaimEqual:
  case OO_Less:
  case OO_Greater:
    for (const Expr *Argument : Call.arguments())
      if (isLibraryClass(Argument->getType()))
        add(*Argument, false);
    break;
  default:
    break;
  }
}

void Collector::visitMemberCall(const CXXMemberCallExpr &Call) {
  const auto *Callee = dyn_cast<MemberExpr>(Call.getCallee()->IgnoreParens());
  if (!Callee || Callee->isArrow() || !isLibraryClass(Callee->getBase()->getType()))
    return;
  const Expr &Object = *Callee->getBase();
  const auto *Method = dyn_cast<CXXMethodDecl>(Callee->getMemberDecl());
  const bool Writes = Method && !Method->isConst() && !Method->isStatic() && !onlyLeadsToElements(*Method);
  if (Writes)
    add(Object, true, &Call);
  else
    addHeader(Object);
}

void Collector::visitCall(const CallExpr &Call) {
  if (const FunctionDecl *Callee = Call.getDirectCallee()) {
    const DeclContext *Space = Callee->getDeclContext()->getEnclosingNamespaceContext();
    if (const auto *Named = dyn_cast<NamespaceDecl>(Space);
        Named && nameOf(*Named) == "weave" && (nameOf(*Callee).starts_with("sync") || nameOf(*Callee) == "is_ready"))
      Result.WaitsForTasks = true;
    if (nameOf(*Callee) == "free" && Call.getNumArgs() == 1)
      addFreed(*Call.getArg(0));
    Result.Calls.push_back({&Call, IsConditional || Jumped, Under});
  }
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&Call))
    visitOperator(*Operator);
  else if (const auto *Member = dyn_cast<CXXMemberCallExpr>(&Call))
    visitMemberCall(*Member);
  else if (Call.isTypeDependent()) // reads its arguments, or does more to them
    for (const Expr *Argument : Call.arguments())
      addDependentRead(Argument);
  visitChildren(Call);
}

void Collector::visitIf(const IfStmt &If) {
  visit(If.getInit());
  visit(If.getConditionVariableDeclStmt());
  visit(If.getCond());
  const auto Decided = constantCondition(If.getCond(), Context);
  if (Decided)
    return visit(*Decided ? If.getThen() : If.getElse());
  visitUnder({If.getCond(), true}, If.getThen());
  visitUnder({If.getCond(), false}, If.getElse());
}

/// OpenMP's threads have variables of their own, and constructs that order what they do.
void Collector::visitConstruct(const OMPExecutableDirective &Construct) {
  using namespace llvm::omp;
  Result.Synchronises |= llvm::is_contained(
      {OMPD_critical, OMPD_atomic, OMPD_ordered, OMPD_barrier, OMPD_flush, OMPD_taskwait, OMPD_taskgroup},
      Construct.getDirectiveKind());
  for (OMPClause *Clause : Construct.clauses())
    if (Clause && llvm::is_contained({OMPC_private, OMPC_firstprivate}, Clause->getClauseKind()))
      for (const Stmt *Operand : Clause->children())
        if (const auto *Reference = dyn_cast_or_null<DeclRefExpr>(Operand))
          Inside.insert(Reference->getDecl());
  for (const Stmt *Part : writtenParts(Construct))
    visitConditionally(Part); // by some of the threads
}

void Collector::visit(const Stmt *S) {
  if (!S || isa<LambdaExpr, UnaryExprOrTypeTraitExpr, CXXNoexceptExpr, CXXTypeidExpr, RequiresExpr>(S))
    return;
  noteSynchronisation(*S);
  if (const auto *Cast = dyn_cast<CastExpr>(S)) {
    if (Cast->getCastKind() == CK_LValueToRValue)
      add(*Cast->getSubExpr(), false);
    visit(Cast->getSubExpr());
  } else if (const auto *Unary = dyn_cast<UnaryOperator>(S)) {
    if (Unary->isIncrementDecrementOp())
      add(*Unary->getSubExpr(), true, Unary);
    visit(Unary->getSubExpr());
  } else if (const auto *Binary = dyn_cast<BinaryOperator>(S)) {
    visitBinary(*Binary);
  } else if (const auto *Construct = dyn_cast<OMPExecutableDirective>(S)) {
    visitConstruct(*Construct);
  } else if (const auto *Call = dyn_cast<CallExpr>(S)) {
    visitCall(*Call);
  } else if (const auto *Construct = dyn_cast<CXXConstructExpr>(S)) {
    const CXXConstructorDecl &Constructor = *Construct->getConstructor();
    if (Constructor.isCopyConstructor() && Construct->getNumArgs() >= 1 &&
        (Constructor.isTrivial() || isLibraryClass(Construct->getType())))
      add(*Construct->getArg(0), false);
    visitChildren(*S);
  } else if (const auto *Delete = dyn_cast<CXXDeleteExpr>(S)) {
    addFreed(*Delete->getArgument());
    visitChildren(*S);
  } else if (const auto *Range = dyn_cast<CXXForRangeStmt>(S)) {
    if (const Expr *Read = rangeRead(*Range))
      add(*Read, false);
    visitChildren(*S);
  } else if (const auto *Choice = dyn_cast<ConditionalOperator>(S)) {
    visit(Choice->getCond());
    visitUnder({Choice->getCond(), true}, Choice->getTrueExpr());
    visitUnder({Choice->getCond(), false}, Choice->getFalseExpr());
  } else if (const auto *If = dyn_cast<IfStmt>(S)) {
    visitIf(*If);
  } else if (const auto *While = dyn_cast<WhileStmt>(S)) {
    visit(While->getConditionVariableDeclStmt());
    visit(While->getCond());
    visitUnder({While->getCond(), true}, While->getBody());
  } else if (const auto *Switch = dyn_cast<SwitchStmt>(S)) {
    visit(Switch->getInit());
    visit(Switch->getConditionVariableDeclStmt());
    visit(Switch->getCond());
    visitConditionally(Switch->getBody());
  } else if (isa<CXXCatchStmt>(S)) {
    llvm::SaveAndRestore Saved(IsConditional, true);
    visitChildren(*S);
  } else if (const auto *Declared = dyn_cast<DeclStmt>(S)) {
    for (const Decl *D : Declared->decls())
      if (const auto *V = dyn_cast<VarDecl>(D)) {
        if (!V->isStaticLocal())
          Inside.insert(V);
        if (const auto *Whole = dyn_cast<DecompositionDecl>(V))
          for (const BindingDecl *Binding : Whole->bindings())
            Inside.insert(Binding);
        if (const CXXRecordDecl *Record = V->getType().getNonReferenceType()->getAsCXXRecordDecl();
            Record && soundsLikeSynchronisation(nameOf(*Record)))
          Result.Synchronises = true;
        if (V->getInit() && V->getInit()->isTypeDependent() && !V->getType()->isReferenceType())
          addDependentRead(V->getInit());
        visit(V->getInit());
      }
  } else {
    visitChildren(*S);
    if (isa<ContinueStmt, BreakStmt, GotoStmt, IndirectGotoStmt, ReturnStmt, CXXThrowExpr, LabelStmt>(S))
      Jumped = true;
  }
}

AccessList collectAccesses(const Stmt &Region, const ASTContext &Context) {
  Collector C(Context);
  C.visit(&Region);
  return C.finish();
}

} // namespace weave
