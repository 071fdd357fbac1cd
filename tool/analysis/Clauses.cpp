// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/Clauses.h"
#include "Diagnostics.h"
#include "analysis/Accesses.h"
#include "analysis/LoopForm.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DynamicRecursiveASTVisitor.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace weave {

bool Clauses::checkReductions(const Site &S) const {
  bool Good = true;
  for (auto [Reduction, Operand] : llvm::zip(Table[S.Index].Reductions, operands(S).Reductions)) {
    const Expr *E = Operand->IgnoreParenImpCasts();
    const auto *Reference = dyn_cast<DeclRefExpr>(E);
    const QualType Type = Operand->getType();
    const std::string &Name = Reduction.Variable.Text;
    const SourceLocation At = Reduction.Variable.Location;
    const bool IsPlace = Reference ? isa<VarDecl, BindingDecl>(Reference->getDecl()) : isa<MemberExpr>(E) && placeOf(*E, Context).has_value();
    const bool IsPointed = Reduction.Part && Type->isPointerType();
    if (!IsPlace)
      Diags.report(At, Diag::bad_reduction) << Name << 0;
    else if (Reduction.Part && !Type->isDependentType() && !Type->isArrayType() && !Type->isPointerType())
      Diags.report(At, Diag::section_base) << Name << Type;
    else if (Context.getBaseElementType(IsPointed ? Type->getPointeeType() : Type).isConstQualified())
      Diags.report(At, Diag::bad_reduction) << Name << 1;
    else if (Type->isVariablyModifiedType())
      Diags.report(At, Diag::reduced_array) << Name;
    else
      continue;
    Good = false;
  }
  return checkBounds(S) && Good;
}

/// Of the sections of arrays.
bool Clauses::checkBounds(const Site &S) const {
  ArrayRef<const Expr *> Rest = operands(S).Bounds;
  bool Good = true;
  for (const Reduction &R : Table[S.Index].Reductions)
    for (const Operand *Bound : {R.Part ? &*R.Part->Length : nullptr, R.Part && R.Part->First ? &*R.Part->First : nullptr}) {
      if (!Bound)
        continue;
      const Expr *E = Rest.consume_front();
      if (E->isTypeDependent() || E->getType()->isIntegralOrUnscopedEnumerationType())
        continue;
      Diags.report(Bound->Location, Diag::section_bound) << (Bound == &*R.Part->Length) << Bound->Text << E->getType();
      Good = false;
    }
  return Good;
}

/// The variable that an operand of `shared` and its like names; null if it names something else.
static const ValueDecl *listedVariable(const Expr &Operand) {
  const Expr *E = Operand.IgnoreParenImpCasts();
  if (const auto *Pack = dyn_cast<CXXFoldExpr>(E)) // (void)x, ...
    E = cast<CStyleCastExpr>(Pack->getPattern()->IgnoreParens())->getSubExpr()->IgnoreParenImpCasts();
  const auto *Reference = dyn_cast<DeclRefExpr>(E);
  return Reference && isa<VarDecl, BindingDecl>(Reference->getDecl()) ? Reference->getDecl() : nullptr;
}

/// Then it is the variable itself that is meant, and not a copy that has its name.
static bool isNamedWithQualifier(const VarDecl &V, const Stmt &Code) {
  class Finder : public ConstDynamicRecursiveASTVisitor {
  public:
    explicit Finder(const VarDecl &V) : V(V) {}
    bool VisitDeclRefExpr(const DeclRefExpr *E) override { return E->getDecl() != &V || !E->hasQualifier(); }

  private:
    const VarDecl &V;
  };
  return !Finder(V).TraverseStmt(&Code);
}

bool Clauses::enterListed(const Site &S) {
  const VariableSet Operands = operandOwners(S, /*OnlyWritten=*/false);
  bool Good = true;
  for (auto [Clause, Operand] : llvm::zip(Table[S.Index].Listed, operands(S).Listed)) {
    const auto &[How, Name] = Clause;
    const ValueDecl *V = listedVariable(*Operand);
    const auto *Variable = dyn_cast_or_null<VarDecl>(V);
    const QualType Type = Operand->getType();
    const bool IsFresh = How == Sharing::Private || How == Sharing::Move;
    std::optional<unsigned> Fault;
    const bool IsGlobal = Variable && !Variable->hasLocalStorage();
    if (!V)
      Fault = 0;
    else if (How != Sharing::Shared && IsGlobal && isNamedWithQualifier(*Variable, *S.Attached.Subject))
      Fault = 1;
    else if ((How == Sharing::Move ||
              (How == Sharing::Firstprivate && (IsGlobal || Table[S.Index].Kind == DirectiveKind::Parallel))) &&
             Type->isArrayType())
      Fault = 2;
    else if (IsFresh && Type.isConstQualified())
      Fault = 3;
    else if (IsFresh && V->isParameterPack())
      Fault = 4;
    if (Fault)
      Diags.report(Name.Location, Diag::bad_listed) << Name.Text << spelling(How) << *Fault;
    else if (Operands.contains(V) && How != Sharing::Shared && !Table[S.Index].OpenMP)
      Diags.report(Name.Location, Diag::depends_on_variable) << Name.Text;
    else if (How == Sharing::Shared && Table[S.Index].OpenMP && S.makesLoop())
      SharedByLoops[S.Index].insert(V); // our rule says how: nobody can tell
    else
      Listed[S.Index][V] = How;
    Good &= V && (Listed[S.Index].contains(V) || SharedByLoops[S.Index].contains(V));
  }
  return Good;
}

bool Clauses::checkNumbers(const Site &S) const {
  const Directive &D = Table[S.Index];
  if (collapsedLoops(D, S.Attached, Context) == 0) {
    Diags.report(D.Collapse->Location, Diag::bad_collapse);
    return false;
  }
  for (const Expr *Grain : operands(S).Grainsize) {
    if (Grain->isInstantiationDependent())
      continue;
    if (!Grain->getType()->isIntegralOrUnscopedEnumerationType()) {
      Diags.report(D.Grainsize->Location, Diag::bad_grainsize) << D.Grainsize->Text << Grain->getType();
      return false;
    }
    if (const auto Constant = Grain->getIntegerConstantExpr(Context); Constant && *Constant < 1) {
      Diags.report(D.Grainsize->Location, Diag::small_grainsize) << D.Grainsize->Text << llvm::toString(*Constant, 10);
      return false;
    }
  }
  return true;
}

VariableSet Clauses::operandOwners(const Site &S, bool OnlyWritten) const {
  VariableSet Owners;
  for (auto [Operand, Value] : llvm::zip(Table[S.Index].DependsOn, operands(S).DependsOn))
    if (!OnlyWritten || Operand.Mode != Access::In)
      if (const ValueDecl *Owner = ownerOfBytes(*Value))
        Owners.insert(Owner);
  return Owners;
}

const SharingMap &Clauses::listed(const Site &S) const {
  const auto Found = Listed.find(S.Index);
  return Found == Listed.end() ? Nothing : Found->second;
}

VariableSet Clauses::reduced(const Site &S) const {
  VariableSet Reduced;
  for (const Expr *Operand : operands(S).Reductions)
    if (const auto *Reference = dyn_cast<DeclRefExpr>(Operand->IgnoreParenImpCasts()))
      Reduced.insert(Reference->getDecl());
  return Reduced;
}

VariableSet Clauses::privates(const Site &S) const {
  VariableSet Private;
  for (auto [V, How] : listed(S))
    if (How == Sharing::Private)
      Private.insert(V);
  return Private;
}

bool Clauses::isListed(const Site &S, const ValueDecl &V) const {
  return llvm::any_of(operands(S).Listed, [&](const Expr *Operand) { return listedVariable(*Operand) == &V; });
}

VariableSet Clauses::leftBehind(const Site &S) const {
  VariableSet Left;
  for (auto [Reduction, Operand] : llvm::zip(Table[S.Index].Reductions, operands(S).Reductions))
    if (const auto *Reference = dyn_cast<DeclRefExpr>(Operand->IgnoreParenImpCasts()); Reference && Reduction.TakesLast)
      Left.insert(Reference->getDecl());
  return Left;
}

bool Clauses::listsAll(const Site &S, const Uses &Found) const {
  if (!Table[S.Index].ListsAll)
    return true;
  const VariableSet Operands = operandOwners(S, /*OnlyWritten=*/false);
  const SharingMap &Told = listed(S);
  bool Good = true;
  for (const Use &U : Found.Variables) {
    // What an instantiation may know as a constant is not captured there.
    const bool IsConstant = U.IsConstant || (U.Doubtful && U.Variable->getType().isConstQualified());
    const auto Shared = SharedByLoops.find(S.Index);
    if (Told.contains(U.Variable) || Operands.contains(U.Variable) || IsConstant ||
        (Shared != SharedByLoops.end() && Shared->second.contains(U.Variable)))
      continue;
    Diags.report(U.First, Diag::unlisted) << U.Variable;
    noteDirective(S, Table, Diags);
    Good = false;
  }
  return Good;
}

bool Clauses::enter(const Site &S) { return checkReductions(S) && enterListed(S) && checkNumbers(S); }

} // namespace weave
