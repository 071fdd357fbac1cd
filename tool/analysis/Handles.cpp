// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/Handles.h"
#include "Diagnostics.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace weave {

static bool isHandleType(QualType Type) {
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  return Record && Record->getQualifiedNameAsString() == "weave::handle";
}

bool isHandle(const Expr &E, StringRef Text, ArrayRef<const Site *> Sites, const DirectiveTable &Table) {
  return isHandleType(E.getType()) || (E.isTypeDependent() && llvm::any_of(Sites, [&](const Site *S) {
                                         const auto &Bound = Table[S->Index].Handle;
                                         return Bound && Bound->Text == Text;
                                       }));
}

static bool isImplicitVariable(const Expr &E) {
  const auto *Reference = dyn_cast<DeclRefExpr>(E.IgnoreParenImpCasts());
  return Reference && Reference->getDecl()->isImplicit();
}

/// `Named`: the variable whose initialiser this is part of, which may name it.
static const ValueDecl *holderIn(const Expr &Handle, const ValueDecl *Named) {
  const Expr *E = Handle.IgnoreParenImpCasts();
  if (const auto *Reference = dyn_cast<DeclRefExpr>(E)) {
    // Another name for something, or what a loop over a range goes by.
    const auto *V = dyn_cast<VarDecl>(Reference->getDecl());
    const bool IsName =
        V && V->hasInit() && !isa<ParmVarDecl>(V) && (V->getType()->isReferenceType() || V->isImplicit());
    return IsName && V != Named ? holderIn(*V->getInit(), V) : Reference->getDecl();
  }
  if (const auto *Operator = dyn_cast<UnaryOperator>(E))
    return Operator->getOpcode() == UO_Deref && isImplicitVariable(*Operator->getSubExpr())
               ? holderIn(*Operator->getSubExpr(), Named)
               : nullptr;
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return Member->isArrow() ? nullptr : holderIn(*Member->getBase(), Named);
  if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E))
    return holderIn(*Subscript->getBase(), Named);
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E))
    return Operator->getOperator() == OO_Subscript ||
                   (Operator->getOperator() == OO_Star && isImplicitVariable(*Operator->getArg(0)))
               ? holderIn(*Operator->getArg(0), Named)
               : nullptr;
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E))
    return holderIn(*Call->getImplicitObjectArgument(), Named);
  return nullptr;
}

const ValueDecl *holderOf(const Expr &Handle) { return holderIn(Handle, nullptr); }

bool checkHandle(const Site &S, const DirectiveTable &Table, const Diagnostics &Diags) {
  const Directive &D = Table[S.Index];
  if (!D.Handle)
    return true;
  const Expr &E = *operandsOf(D, S.Attached).Handle.front();
  const QualType Type = E.getType();
  if (E.isTypeDependent() || (isHandleType(Type) && E.isLValue() && !Type.isConstQualified()))
    return true;
  Diags.report(D.Handle->Location, Diag::bad_handle) << D.Handle->Text << Type;
  return false;
}

bool checkDetached(const Site &S, const DirectiveTable &Table, const Diagnostics &Diags) {
  const Directive &D = Table[S.Index];
  if (!D.Detached)
    return true;
  if (S.Declared)
    Diags.report(D.Begin, Diag::detached_declaration);
  else if (D.Handle)
    Diags.report(D.Handle->Location, Diag::detached_handle);
  else if (!D.DependsOn.empty())
    Diags.report(D.DependsOn.front().Value.Location, Diag::detached_operand);
  else
    return true;
  return false;
}

bool checkOwns(const SpawnPlan &Detached, const DirectiveTable &Table, const Diagnostics &Diags) {
  const Directive &D = Table[Detached.Where->Index];
  bool Good = true;
  for (const Capture &C : Detached.Captures) {
    // A reference that the compiler knows is to something that outlives all tasks.
    if (C.Mode != CaptureMode::Reference || (C.Initialised && C.Variable->getType()->isReferenceType()))
      continue;
    Good = false;
    const StringRef Name = C.Variable->getName();
    Diags.report(C.FirstUse, Diag::detached_borrows) << Name;
    const auto Listed = llvm::find_if(D.Listed, [&](const ListedVariable &L) { return L.Variable.Text == Name; });
    if (Listed != D.Listed.end()) {
      noteDirective(*Detached.Where, Table, Diags);
      continue;
    }
    const std::string Clause = (" firstprivate(" + Name + ")").str();
    Diags.report(D.Begin, Diag::detached_copy) << Name << FixItHint::CreateInsertion(D.NextClause, Clause);
  }
  return Good;
}

} // namespace weave
