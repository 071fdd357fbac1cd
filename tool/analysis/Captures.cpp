// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/Captures.h"
#include "Diagnostics.h"
#include "analysis/CodeVisitor.h"
#include "pragma/Injection.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/AST/StmtOpenMP.h"

using namespace clang;

namespace weave {

namespace {

class UseCollector : public CodeVisitor {
  using Base = CodeVisitor;

public:
  UseCollector(const llvm::SmallPtrSetImpl<const Stmt *> &Skip, bool IsDependent, const ASTContext &Context)
      : Skip(Skip), IsDependent(IsDependent), Context(Context) {}

  bool TraverseStmt(Stmt *S) override {
    if (!S || Skip.contains(S))
      return true;
    const bool Expands = isa<PackExpansionExpr, CXXFoldExpr>(S);
    const auto *If = dyn_cast<IfStmt>(S);
    const bool MayDiscard = If && If->isConstexpr() && If->getCond()->isValueDependent();
    Expansions += Expands;
    Discardable += MayDiscard;
    Constant += isa<ConstantExpr>(S);
    Constructs += isa<OMPExecutableDirective>(S);
    const bool Continue = Base::TraverseStmt(S);
    Constructs -= isa<OMPExecutableDirective>(S);
    Constant -= isa<ConstantExpr>(S);
    Discardable -= MayDiscard;
    Expansions -= Expands;
    return Continue;
  }
  bool TraverseVarDecl(VarDecl *V) override {
    const auto Whole = [&] { return Base::TraverseVarDecl(V); };
    const bool HasOperands = holdsOperands(*V);
    Operands += HasOperands;
    const bool Continue = V->isConstexpr() ? asConstant(Whole) : Whole();
    Operands -= HasOperands;
    return Continue;
  }
  bool TraverseCXXFunctionalCastExpr(CXXFunctionalCastExpr *Cast) override {
    const Expr *Operand = Operands ? operandByValue(*Cast) : nullptr;
    const auto *Reference = Operand ? dyn_cast<DeclRefExpr>(Operand->IgnoreParens()) : nullptr;
    const auto *V = Reference ? dyn_cast<VarDecl>(Reference->getDecl()) : nullptr;
    if (!V || !isConstantNumber(*V))
      return Base::TraverseCXXFunctionalCastExpr(Cast);
    addConstant(*V, Reference->getLocation());
    return true;
  }
  bool TraverseTemplateArgumentLoc(const TemplateArgumentLoc &Argument) override {
    return asConstant([&] { return Base::TraverseTemplateArgumentLoc(Argument); });
  }
  bool TraverseConstantArrayTypeLoc(ConstantArrayTypeLoc Type, bool Qualifier = true) override {
    return asConstant([&] { return Base::TraverseConstantArrayTypeLoc(Type, Qualifier); });
  }
  bool TraverseDependentSizedArrayTypeLoc(DependentSizedArrayTypeLoc Type, bool Qualifier = true) override {
    return asConstant([&] { return Base::TraverseDependentSizedArrayTypeLoc(Type, Qualifier); });
  }
  bool TraverseStaticAssertDecl(StaticAssertDecl *D) override {
    return asConstant([&] { return Base::TraverseStaticAssertDecl(D); });
  }
  bool TraverseLambdaCapture(LambdaExpr *Lambda, const LambdaCapture *C, Expr *Init) override {
    Expansions += C->isPackExpansion();
    const bool Continue = Base::TraverseLambdaCapture(Lambda, C, Init);
    Expansions -= C->isPackExpansion();
    return Continue;
  }
  bool VisitValueDecl(ValueDecl *D) override {
    Inside.insert(D);
    return true;
  }
  bool VisitDeclRefExpr(DeclRefExpr *E) override {
    const ValueDecl *D = E->getDecl();
    const auto *V = dyn_cast<VarDecl>(D);
    if (!(V ? V->hasLocalStorage() : isa<BindingDecl>(D)))
      return true;
    // A constant or an unevaluated operand needs no capture, and the compiler still sees the constant inside the task.
    const bool IsConstant = V && E->isNonOdrUse() == NOUR_Constant;
    if (Constant > 0)
      AsConstants.insert(D);
    // Clang captures constants, too, for an OpenMP construct.
    if (E->isNonOdrUse() && !(IsConstant && (isUsedByGcc(*V) || Constructs > 0))) {
      if (IsConstant)
        addConstant(*V, E->getLocation());
      return true;
    }
    const bool Doubtful = IsConstant || Discardable > 0 || (V && isPerhapsConstant(*V));
    const auto [Known, Fresh] = Positions.try_emplace(D, Result.Variables.size());
    if (Fresh)
      Result.Variables.push_back({D, E->getLocation(), D->isParameterPack() && Expansions > 0, Doubtful, IsConstant});
    else
      Result.Variables[Known->second].Doubtful &= Doubtful;
    return true;
  }
  bool VisitCXXThisExpr(CXXThisExpr *E) override { return useThis(E->getLocation()); }
  bool VisitCXXDependentScopeMemberExpr(CXXDependentScopeMemberExpr *E) override {
    return !E->isImplicitAccess() || useThis(E->getMemberLoc());
  }
  bool VisitUnresolvedMemberExpr(UnresolvedMemberExpr *E) override {
    return !E->isImplicitAccess() || useThis(E->getMemberLoc());
  }
  // `this` in a class of the region's own is another one.
  bool TraverseCXXRecordDecl(CXXRecordDecl *Record) override {
    const auto Outer = Result.This;
    const bool OuterDoubt = Result.IsThisDoubtful;
    const bool Continue = Base::TraverseCXXRecordDecl(Record);
    Result.This = Outer;
    Result.IsThisDoubtful = OuterDoubt;
    return Continue;
  }

  Uses finish() {
    const auto IsInside = [&](const Use &U) { return Inside.contains(U.Variable); };
    llvm::erase_if(Result.Variables, IsInside);
    llvm::erase_if(Result.Constants, IsInside);
    for (Use &U : Result.Variables)
      U.InConstant = AsConstants.contains(U.Variable);
    return std::move(Result);
  }

private:
  void addConstant(const VarDecl &V, SourceLocation Where) {
    if (Constants.insert(&V).second)
      Result.Constants.push_back({&V, Where, /*Expand=*/false, /*Doubtful=*/true});
  }
  bool isConstantNumber(const VarDecl &V) const {
    return V.hasLocalStorage() && V.getType()->isIntegralOrEnumerationType() && V.getInit() &&
           !V.getInit()->isValueDependent() && V.isUsableInConstantExpressions(Context);
  }
  template <class Traverse> bool asConstant(Traverse Part) {
    ++Constant;
    const bool Continue = Part();
    --Constant;
    return Continue;
  }
  bool useThis(SourceLocation Where) {
    const bool Doubtful = Discardable > 0;
    Result.IsThisDoubtful = Doubtful && (!Result.This || Result.IsThisDoubtful);
    if (!Result.This)
      Result.This = Where;
    return true;
  }
  /// Whether G++ takes each use of a constant for a use of the object, or, of a class, fails on it (version 12).
  static bool isUsedByGcc(const VarDecl &V) {
    const QualType Type = V.getType();
    return Type->isReferenceType() || Type->isArrayType() || Type->isRecordType();
  }
  /// Whether an instantiation may find that a use that depends on it does not need the variable.
  bool isPerhapsConstant(const VarDecl &V) const {
    if (!IsDependent || V.getType()->isReferenceType())
      return false;
    const Expr *Init = V.getInit();
    return V.isConstexpr() || (Init && V.getType().isConstQualified() && V.getType()->isDependentType()) ||
           (Init && V.mightBeUsableInConstantExpressions(Context) &&
            (Init->isValueDependent() || V.isUsableInConstantExpressions(Context)));
  }

  const llvm::SmallPtrSetImpl<const Stmt *> &Skip;
  const bool IsDependent;
  const ASTContext &Context;
  Uses Result;
  llvm::DenseMap<const ValueDecl *, size_t> Positions;
  llvm::SmallPtrSet<const ValueDecl *, 16> Inside, Constants, AsConstants;
  unsigned Expansions = 0, Discardable = 0, Constant = 0, Constructs = 0, Operands = 0;
};

} // namespace

Uses collectUses(ArrayRef<const Stmt *> Region, const llvm::SmallPtrSetImpl<const Stmt *> &Skip, bool IsDependent,
                 const ASTContext &Context) {
  UseCollector Collector(Skip, IsDependent, Context);
  for (const Stmt *S : Region)
    Collector.TraverseStmt(const_cast<Stmt *>(S));
  return Collector.finish();
}

const ValueDecl *ownerOfBytes(const Expr &Lvalue) {
  const Expr *E = Lvalue.IgnoreParenImpCasts();
  if (const auto *Reference = dyn_cast<DeclRefExpr>(E))
    return Reference->getDecl();
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return Member->isArrow() ? nullptr : ownerOfBytes(*Member->getBase());
  if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E)) {
    const Expr *Base = Subscript->getBase()->IgnoreParenImpCasts();
    return Base->getType()->isArrayType() ? ownerOfBytes(*Base) : nullptr;
  }
  return nullptr;
}

bool needsInitCapture(const Use &Of, CaptureMode Mode) {
  if (!Of.Doubtful || Of.Expand || Of.InConstant || !isa<VarDecl>(Of.Variable))
    return false;
  const QualType Type = Of.Variable->getType();
  if (Type.getNonReferenceType()->isArrayType() && Mode != CaptureMode::Reference)
    return false; // it would be a pointer
  return Type->isReferenceType()
             ? Of.IsConstant
             : Type->isArrayType() || Type->isRecordType() || Type->getAs<TemplateSpecializationType>();
}

bool isCheapToCopy(QualType Type, const ASTContext &Context) {
  if (Type->isPointerType() && !Type.isVolatileQualified())
    return true; // whatever a template's argument makes of the pointee
  if (Type->isDependentType() || Type->isUndeducedType() || Type.isVolatileQualified() || Type->isAtomicType() ||
      hasVariableLength(Type) || Type->isIncompleteType())
    return false;
  if (Type->isScalarType())
    return true;
  if (!Type.isTriviallyCopyableType(Context) || Context.getTypeSizeInChars(Type).getQuantity() > 64)
    return false;
  const CXXRecordDecl *Record = Context.getBaseElementType(Type)->getAsCXXRecordDecl();
  return !Record || Record->hasSimpleCopyConstructor();
}

CaptureReason CaptureRule::reasonFor(const Use &U) const {
  const QualType Type = U.Variable->getType().getNonReferenceType();
  // Only by reference an array can have an init-capture.
  const bool IsConstantArray =
      U.IsConstant && Type->isArrayType() &&
      (U.Variable->getType()->isReferenceType() || Context.getBaseElementType(Type)->isRecordType());
  if (Operands.contains(U.Variable))
    return CaptureReason::Operand;
  if (U.Written)
    return CaptureReason::Written;
  if (RunningOutputs.contains(U.Variable))
    return CaptureReason::Running;
  if (IsConstantArray || !isCheapToCopy(Type, Context))
    return CaptureReason::Large;
  if (U.Aliased)
    return CaptureReason::Aliased;
  if (U.LetOut)
    return CaptureReason::LetOut;
  return U.Unset ? CaptureReason::Unset : CaptureReason::Read;
}

SmallVector<Capture, 4> CaptureRule::apply(const Uses &Found) const {
  SmallVector<Capture, 4> Result;
  if (Found.This)
    Result.push_back({CaptureMode::This, nullptr, false, Found.IsThisDoubtful, *Found.This, CaptureReason::Pointer});
  for (const Use &U : Found.Variables) {
    const QualType Type = U.Variable->getType().getNonReferenceType();
    const auto Told = Listed.find(U.Variable);
    const bool IsListed = Told != Listed.end();
    const CaptureReason Why = IsListed ? CaptureReason::Clause : reasonFor(U);
    const bool Borrow = IsListed ? Told->second == Sharing::Shared : Why != CaptureReason::Read;
    if (!U.Variable->getDeclName()) {
      Diags.report(U.First, Diag::anonymous_union_capture);
      continue;
    }
    if (const auto *Binding = dyn_cast<BindingDecl>(U.Variable);
        Binding && Borrow && Binding->getBinding() && Binding->getBinding()->refersToBitField()) {
      Diags.report(U.First, Diag::bit_field_capture) << U.Variable->getName();
      continue;
    }
    if (Borrow && Type->isPointerType() && hasVariableLength(Type)) {
      Diags.report(U.First, Diag::variable_rows) << U.Variable;
      continue;
    }
    Capture &C = Result.emplace_back(
        Capture{Borrow ? CaptureMode::Reference : CaptureMode::Copy, U.Variable, U.Expand, U.Doubtful, U.First, Why});
    if (IsListed && Told->second == Sharing::Move)
      C.Mode = CaptureMode::Move;
    const auto *V = dyn_cast<VarDecl>(U.Variable);
    C.Initialised = C.Mode != CaptureMode::Move && (needsInitCapture(U, C.Mode) || (V && V->hasGlobalStorage()));
    C.Changeable =
        IsListed && !Borrow && !U.Expand && !Type.isConstQualified() && (U.Exposed || C.Mode == CaptureMode::Move);
  }
  return Result;
}

} // namespace weave
