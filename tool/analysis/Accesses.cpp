// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/Accesses.h"
#include "analysis/CodeVisitor.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/ExprConcepts.h"
#include "clang/AST/StmtCXX.h"
#include "clang/AST/StmtOpenMP.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;

namespace weave {

using Step = Place::Step;

bool Place::overlaps(const Place &Other) const {
  const size_t Common = std::min(Path.size(), Other.Path.size());
  return Variable == Other.Variable && ArrayRef(Path).take_front(Common) == ArrayRef(Other.Path).take_front(Common);
}

/// Whether a function or type of this name may order what threads do.
static bool soundsLikeSynchronisation(StringRef Name) {
  static constexpr StringRef Parts[] = {"mutex",   "wait",     "acquire", "release", "atomic",    "barrier",
                                        "latch",   "exchange", "fence",   "ready",   "semaphore", "join",
                                        "sync",    "critical", "notify",  "future",  "promise",   "test_and_set",
                                        "channel", "receive",  "call_once"};
  const std::string Lower = Name.lower();
  if (llvm::any_of(Parts, [&](StringRef Part) { return StringRef(Lower).contains(Part); }))
    return true;
  // Not a block or a clock.
  for (size_t At = Lower.find("lock"); At != std::string::npos; At = Lower.find("lock", At + 1))
    if (At == 0 || (Lower[At - 1] != 'b' && Lower[At - 1] != 'c'))
      return true;
  return false;
}

static StringRef nameOf(const NamedDecl &D) { return D.getIdentifier() ? D.getName() : StringRef(); }

static bool isLibraryClass(QualType Type) {
  const CXXRecordDecl *Record = Type.getNonReferenceType()->getAsCXXRecordDecl();
  return Record && Record->isInStdNamespace() && !soundsLikeSynchronisation(nameOf(*Record));
}

/// Containers whose elements are objects of their own at an index.
static bool isIndexable(QualType Type) {
  const CXXRecordDecl *Record = Type.getNonReferenceType()->getAsCXXRecordDecl();
  if (!Record || !Record->isInStdNamespace())
    return false;
  if (const auto *Vector = dyn_cast<ClassTemplateSpecializationDecl>(Record);
      Vector && nameOf(*Record) == "vector" && Vector->getTemplateArgs().get(0).getAsType()->isBooleanType())
    return false;
  return llvm::StringSwitch<bool>(nameOf(*Record)).Cases({"vector", "array", "deque"}, true).Default(false);
}

static bool isTracked(const ValueDecl &D) {
  if (const auto *V = dyn_cast<VarDecl>(&D); V && (V->getTLSKind() != VarDecl::TLS_None || V->isParameterPack()))
    return false;
  const QualType Type = D.getType().getNonReferenceType();
  return isa<VarDecl, BindingDecl>(D) && !Type.isVolatileQualified() && !Type->isAtomicType();
}

static std::optional<uint64_t> constantIndex(const Expr &E, const ASTContext &Context) {
  if (E.isValueDependent() || E.isTypeDependent())
    return std::nullopt;
  const auto Value = E.getIntegerConstantExpr(Context);
  return Value && !Value->isNegative() ? std::optional(Value->getZExtValue()) : std::nullopt;
}

static void addElement(Place &Of, uint64_t Index) {
  Of.Path.push_back({Step::Kind::Element, nullptr, Index});
  Of.Name += "[" + llvm::utostr(Index) + "]";
}

std::optional<Place> placeOf(const Expr &Lvalue, const ASTContext &Context) {
  const Expr *E = Lvalue.IgnoreParens();
  if (const auto *Cast = dyn_cast<ImplicitCastExpr>(E); Cast && Cast->getCastKind() == CK_NoOp)
    return placeOf(*Cast->getSubExpr(), Context);
  if (const auto *Reference = dyn_cast<DeclRefExpr>(E)) {
    const ValueDecl *D = Reference->getDecl();
    if (!isTracked(*D) || Reference->isNonOdrUse() != NOUR_None)
      return std::nullopt;
    return Place{D, {}, D->getNameAsString()};
  }
  if (const auto *Member = dyn_cast<MemberExpr>(E)) {
    const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl());
    if (!Field || Field->isBitField() || Field->getParent()->isUnion() || Field->getType().isVolatileQualified() ||
        Field->getType()->isAtomicType() || Field->getType()->isReferenceType())
      return std::nullopt;
    const Expr *Base = Member->getBase()->IgnoreParenImpCasts();
    std::optional<Place> Result;
    if (const auto *This = dyn_cast<CXXThisExpr>(Base))
      Result = Place{nullptr, {}, This->isImplicit() ? "" : "this->"};
    else if (!Member->isArrow() && (Result = placeOf(*Base, Context)))
      Result->Name += ".";
    if (Result) {
      Result->Path.push_back({Step::Kind::Member, Field->getCanonicalDecl()});
      Result->Name += Field->getNameAsString();
    }
    return Result;
  }
  const Expr *Base = nullptr, *Index = nullptr;
  if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E)) {
    Base = Subscript->getBase()->IgnoreParenImpCasts();
    Index = Subscript->getIdx();
    if (!Base->getType()->isArrayType())
      return std::nullopt;
  } else if (const auto *Call = dyn_cast<CXXOperatorCallExpr>(E);
             Call && Call->getOperator() == OO_Subscript && Call->getNumArgs() == 2 &&
             isIndexable(Call->getArg(0)->getType())) {
    Base = Call->getArg(0)->IgnoreParenImpCasts();
    Index = Call->getArg(1);
  }
  if (!Base)
    return std::nullopt;
  const auto Number = constantIndex(*Index, Context);
  std::optional<Place> Result = Number ? placeOf(*Base, Context) : std::nullopt;
  if (Result)
    addElement(*Result, *Number);
  return Result;
}

/// What a reference is bound to, if it is one and its text tells.
static std::optional<Place> referent(const ValueDecl *D, const ASTContext &Context) {
  const Expr *Bound = nullptr;
  if (const auto *Binding = dyn_cast_or_null<BindingDecl>(D))
    Bound = Binding->getBinding();
  else if (const auto *V = dyn_cast_or_null<VarDecl>(D); V && V->getType()->isReferenceType())
    Bound = V->getInit();
  return Bound && !Bound->isTypeDependent() ? placeOf(*Bound->IgnoreImplicit(), Context) : std::nullopt;
}

Place throughReferences(Place What, const ASTContext &Context) {
  llvm::SmallPtrSet<const ValueDecl *, 4> Passed; // a reference may name itself
  while (Passed.insert(What.Variable).second) {
    auto Bound = referent(What.Variable, Context);
    if (!Bound)
      break;
    Bound->Path.append(What.Path);
    Bound->Name += What.Name.substr(What.Variable->getNameAsString().size());
    What = std::move(*Bound);
  }
  return What;
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
  void visitCall(const CallExpr &Call);
  void visitOperator(const CXXOperatorCallExpr &Call);
  void visitMemberCall(const CXXMemberCallExpr &Call);
  void visitBinary(const BinaryOperator &B);
  void visitIf(const IfStmt &If);
  void visitConstruct(const OMPExecutableDirective &Construct);
  void noteSynchronisation(const Stmt &S);

  void add(const Expr &Lvalue, bool Writes, const Expr *Writer = nullptr) {
    if (auto What = placeOf(Lvalue, Context))
      Result.Accesses.push_back({std::move(*What), Writes, IsConditional || Jumped, Lvalue.getExprLoc(), Writer});
  }
  void addHeader(const Expr &Container) {
    if (auto What = placeOf(Container, Context)) {
      What->Path.push_back({Step::Kind::Header});
      Result.Accesses.push_back({std::move(*What), false, IsConditional || Jumped, Container.getExprLoc(), nullptr});
    }
  }
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
  bool IsConditional = false;
  bool Jumped = false; ///< What follows a jump is reached only when the jump is not made.
};

} // namespace

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
    visitConditionally(B.getRHS());
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
    if (isIndexable(First.getType()) || (IsLibrary && Call.getNumArgs() == 2))
      addHeader(First);
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
  const bool Writes = llvm::StringSwitch<bool>(nameOf(*Callee->getMemberDecl()))
                          .Cases({"push_back", "emplace_back", "push_front", "emplace_front"}, true)
                          .Cases({"push", "pop", "emplace"}, true)
                          .Cases({"pop_back", "pop_front", "clear", "resize", "reserve"}, true)
                          .Cases({"assign", "append", "insert", "erase", "shrink_to_fit"}, true)
                          .Default(false);
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
  visitConditionally(If.getThen());
  visitConditionally(If.getElse());
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
  } else if (const auto *Choice = dyn_cast<ConditionalOperator>(S)) {
    visit(Choice->getCond());
    visitConditionally(Choice->getTrueExpr());
    visitConditionally(Choice->getFalseExpr());
  } else if (const auto *If = dyn_cast<IfStmt>(S)) {
    visitIf(*If);
  } else if (const auto *While = dyn_cast<WhileStmt>(S)) {
    visit(While->getConditionVariableDeclStmt());
    visit(While->getCond());
    visitConditionally(While->getBody());
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
