// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/Mutation.h"
#include "analysis/CodeVisitor.h"
#include "pragma/Injection.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/AST/StmtOpenMP.h"

using namespace clang;

namespace weave {

/// Whether a function of the standard library that gets its arguments by forwarding references only makes objects of
/// them, or prints them.
static bool onlyReadsArguments(const FunctionDecl &F) {
  const DeclContext *Namespace = F.getDeclContext();
  while (Namespace->isRecord() || Namespace->isInlineNamespace())
    Namespace = Namespace->getParent();
  if (!Namespace->isStdNamespace())
    return false;
  if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(&F)) {
    const auto *Class = dyn_cast<ClassTemplateSpecializationDecl>(Constructor->getParent());
    const auto IsReference = [](const TemplateArgument &A) {
      const auto Is = [](const TemplateArgument &Each) {
        return Each.getKind() == TemplateArgument::Type && Each.getAsType()->isReferenceType();
      };
      return A.getKind() == TemplateArgument::Pack ? llvm::any_of(A.pack_elements(), Is) : Is(A);
    };
    return Class && llvm::is_contained({"pair", "tuple", "optional", "variant"}, Class->getName()) &&
           llvm::none_of(Class->getTemplateArgs().asArray(), IsReference);
  }
  static constexpr StringRef Names[] = {"as_const",         "make_pair",    "make_tuple",    "make_optional",
                                        "make_any",         "make_unique",  "make_shared",   "emplace_back",
                                        "emplace",          "emplace_hint", "emplace_front", "try_emplace",
                                        "insert_or_assign", "format",       "print",         "println"};
  return F.getIdentifier() && llvm::is_contained(Names, F.getName());
}

namespace {

/// Collects what the text itself assigns, or hands out for writing.
class AssignmentFinder : public CodeVisitor {
public:
  explicit AssignmentFinder(llvm::SmallPtrSetImpl<const ValueDecl *> &Found) : Found(Found) {}

  bool VisitBinaryOperator(BinaryOperator *B) override {
    if (B->isAssignmentOp())
      mark(B->getLHS());
    else if (B->getOpcode() == BO_Shr && B->isTypeDependent()) // a stream, perhaps
      mark(B->getRHS());
    return true;
  }
  bool VisitUnaryOperator(UnaryOperator *U) override {
    if (U->isIncrementDecrementOp() || U->getOpcode() == UO_AddrOf)
      mark(U->getSubExpr());
    return true;
  }
  bool VisitCallExpr(CallExpr *Call) override {
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Call))
      if (Operator->isAssignmentOp() || Operator->getOperator() == OO_PlusPlus ||
          Operator->getOperator() == OO_MinusMinus)
        mark(Operator->getArg(0));
    if (const FunctionDecl *Callee = Call->getDirectCallee())
      markArguments(*Callee, Call->arguments(), isa<CXXOperatorCallExpr>(Call) && isa<CXXMethodDecl>(Callee) ? 1 : 0);
    return true;
  }
  bool VisitCXXConstructExpr(CXXConstructExpr *Construct) override {
    markArguments(*Construct->getConstructor(), Construct->arguments(), 0);
    return true;
  }
  bool VisitVarDecl(VarDecl *V) override {
    if (const Expr *Init = V->getInit(); Init && bindsForWriting(V->getType()))
      mark(Init);
    return true;
  }

private:
  static bool bindsForWriting(QualType Type) {
    return Type->isReferenceType() && !Type.getNonReferenceType().isConstQualified();
  }
  template <class Range> void markArguments(const FunctionDecl &Callee, Range Arguments, unsigned Skip) {
    if (onlyReadsArguments(Callee))
      return;
    auto Argument = Arguments.begin();
    for (; Skip && Argument != Arguments.end(); --Skip)
      ++Argument;
    for (const ParmVarDecl *Parameter : Callee.parameters()) {
      if (Argument == Arguments.end())
        return;
      if (bindsForWriting(Parameter->getType()))
        mark(*Argument);
      ++Argument;
    }
  }
  void mark(const Expr *E) {
    E = E->IgnoreParenImpCasts();
    if (const auto *Reference = dyn_cast<DeclRefExpr>(E)) {
      Found.insert(Reference->getDecl());
    } else if (const auto *Choice = dyn_cast<ConditionalOperator>(E)) {
      mark(Choice->getTrueExpr());
      mark(Choice->getFalseExpr());
    } else if (const auto *Binary = dyn_cast<BinaryOperator>(E)) {
      if (Binary->getOpcode() == BO_Comma)
        mark(Binary->getRHS());
    }
  }

  llvm::SmallPtrSetImpl<const ValueDecl *> &Found;
};

} // namespace

namespace {

/// What an assignment, an increment and their like write, if it is a variable.
const DeclRefExpr *assignedVariable(const Stmt *S) {
  const Expr *Target = nullptr;
  if (const auto *Binary = dyn_cast<BinaryOperator>(S); Binary && Binary->isAssignmentOp())
    Target = Binary->getLHS();
  else if (const auto *Unary = dyn_cast<UnaryOperator>(S); Unary && Unary->isIncrementDecrementOp())
    Target = Unary->getSubExpr();
  return Target ? dyn_cast<DeclRefExpr>(Target->IgnoreParens()) : nullptr;
}

/// Collects what is used other than by reading it. In resolved code Clang marks every read: by a conversion from lvalue
/// to rvalue, or by one that adds const, be it on the way to a base.
class ExposureFinder : public CodeVisitor {
  using Base = CodeVisitor;

public:
  /// `Assignments`: whether a plain assignment counts, in the same lambda or task that declares the variable.
  ExposureFinder(llvm::SmallPtrSetImpl<const ValueDecl *> &Found, bool Assignments)
      : Found(Found), Assignments(Assignments) {}

  bool TraverseStmt(Stmt *S) override {
    if (!S)
      return true;
    const bool IsElsewhere = isa<LambdaExpr>(S) || directiveOf(*S);
    if (const DeclRefExpr *Target = Assignments ? nullptr : assignedVariable(S))
      if (Depths.lookup(Target->getDecl()) == Elsewhere)
        Reads.insert(Target);
    if (const auto *Construct = dyn_cast<OMPExecutableDirective>(S))
      markCopied(*Construct);
    Elsewhere += IsElsewhere;
    const bool Continue = Base::TraverseStmt(S);
    Elsewhere -= IsElsewhere;
    return Continue;
  }
  bool VisitCastExpr(CastExpr *Cast) override {
    const CastKind Kind = Cast->getCastKind();
    const bool KeepsObject = Kind == CK_NoOp || Kind == CK_DerivedToBase || Kind == CK_UncheckedDerivedToBase;
    const bool AddsConst = KeepsObject && Cast->isGLValue() && Cast->getType().isConstQualified();
    if (AddsConst || Kind == CK_LValueToRValue || Kind == CK_ToVoid)
      markRead(Cast->getSubExpr());
    return true;
  }
  bool VisitDeclRefExpr(DeclRefExpr *Reference) override {
    // The copy that a lambda has of a variable is const by itself.
    if (!Reads.contains(Reference) && !Reference->getType().isConstQualified())
      Found.insert(Reference->getDecl());
    return true;
  }
  // An assignment is an lvalue, which a reference may be bound to.
  bool VisitCallExpr(CallExpr *Call) override {
    pass(Call->arguments(), Call->getDirectCallee());
    return true;
  }
  bool VisitCXXConstructExpr(CXXConstructExpr *Construct) override {
    pass(Construct->arguments(), Construct->getConstructor());
    return true;
  }
  bool VisitVarDecl(VarDecl *V) override {
    Depths[V] = Elsewhere;
    if (directiveOf(*V))
      Found.insert(V); // a task makes it
    if (V->getInit() && V->getType()->isReferenceType())
      bind(V->getInit());
    return true;
  }
  // The syntactic form of a list has no conversions.
  bool TraverseInitListExpr(InitListExpr *List) override {
    InitListExpr *Semantic = List->isSemanticForm() || !List->getSemanticForm() ? List : List->getSemanticForm();
    return llvm::all_of(Semantic->children(), [&](Stmt *Child) { return TraverseStmt(Child); });
  }
  // What a nested lambda does to what it captures by reference shows in its body.
  bool TraverseLambdaCapture(LambdaExpr *Lambda, const LambdaCapture *C, Expr *Init) override {
    const bool ByReference = C->getCaptureKind() == LCK_ByRef && !Lambda->isInitCapture(C);
    return ByReference || Base::TraverseLambdaCapture(Lambda, C, Init);
  }

private:
  template <class Range> void pass(Range Arguments, const FunctionDecl *To) {
    const bool AreRead = To && onlyReadsArguments(*To);
    for (const Expr *Argument : Arguments) {
      bind(Argument);
      if (AreRead)
        markRead(Argument);
    }
  }
  void bind(const Expr *E) {
    if (const DeclRefExpr *Target = assignedVariable(E->IgnoreParens()))
      Found.insert(Target->getDecl());
  }
  /// What OpenMP's threads have copies of is not written; and of what they share, their code tells.
  void markCopied(const OMPExecutableDirective &Construct) {
    for (OMPClause *Clause : Construct.clauses())
      if (Clause && llvm::is_contained({llvm::omp::OMPC_private, llvm::omp::OMPC_firstprivate, llvm::omp::OMPC_shared},
                                       Clause->getClauseKind()))
        for (const Stmt *Operand : Clause->children())
          if (const auto *Variable = dyn_cast_or_null<Expr>(Operand))
            markRead(Variable);
  }
  void markRead(const Expr *E) {
    E = E->IgnoreParens();
    if (const auto *Reference = dyn_cast<DeclRefExpr>(E)) {
      Reads.insert(Reference);
    } else if (const auto *Cast = dyn_cast<ImplicitCastExpr>(E)) {
      markRead(Cast->getSubExpr());
    } else if (const auto *Member = dyn_cast<MemberExpr>(E)) {
      if (!Member->isArrow())
        markRead(Member->getBase());
    } else if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E)) {
      if (Subscript->getBase()->IgnoreParenImpCasts()->getType()->isArrayType())
        markRead(Subscript->getBase());
    } else if (const auto *Choice = dyn_cast<ConditionalOperator>(E)) {
      markRead(Choice->getTrueExpr());
      markRead(Choice->getFalseExpr());
    }
  }

  llvm::SmallPtrSetImpl<const ValueDecl *> &Found;
  const bool Assignments;
  llvm::SmallPtrSet<const DeclRefExpr *, 32> Reads;
  unsigned Elsewhere = 0;                             ///< In how many lambdas and tasks the walk is.
  llvm::DenseMap<const ValueDecl *, unsigned> Depths; ///< The same where a variable is declared.
};

} // namespace

Mutation::Mutation(const Stmt &Region, bool IsDependent) : IsDependent(IsDependent) {
  auto *Root = const_cast<Stmt *>(&Region);
  ExposureFinder(Exposed, /*Assignments=*/true).TraverseStmt(Root);
  if (IsDependent)
    AssignmentFinder(Assigned).TraverseStmt(Root);
}

bool Mutation::isWritten(const ValueDecl &V) const {
  const QualType Type = V.getType().getNonReferenceType();
  if (Type.isConstQualified())
    return false;
  const bool IsScalar = Type->isPointerType() || (!Type->isDependentType() && Type->isScalarType());
  return (IsDependent && IsScalar ? Assigned : Exposed).contains(&V);
}

llvm::SmallPtrSet<const ValueDecl *, 8> findShared(const Stmt &Body) {
  llvm::SmallPtrSet<const ValueDecl *, 8> Shared;
  ExposureFinder(Shared, /*Assignments=*/false).TraverseStmt(const_cast<Stmt *>(&Body));
  return Shared;
}

} // namespace weave
