// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/HeaderChanges.h"
#include "Diagnostics.h"
#include "analysis/Accesses.h"
#include "analysis/CodeVisitor.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include <map>

using namespace clang;

namespace weave {

namespace {

/// What code reads and writes by name, in its own text and in that of the functions that it calls.
class DeepAccesses {
public:
  using List = SmallVector<DirectAccess, 8>;

  explicit DeepAccesses(const ASTContext &Context) : Context(Context) {}

  List of(const Stmt &Code);

private:
  const List &ofFunction(const FunctionDecl &F);
  std::optional<Place> seenByCaller(const Place &Inside, const CallExpr &Call, const FunctionDecl &Callee) const;
  /// A place in an object or behind a reference that the call passes.
  std::optional<Place> within(const Expr &Passed, const Place &Inside, StringRef NameInside) const;

  const ASTContext &Context;
  std::map<const FunctionDecl *, List> Known; // empty while a function is being looked at
};

class CallFinder : public CodeVisitor {
public:
  bool TraverseLambdaExpr(LambdaExpr *) override { return true; }
  bool VisitCallExpr(CallExpr *Call) override {
    Calls.push_back(Call);
    return true;
  }
  SmallVector<const CallExpr *, 8> Calls;
};

} // namespace

std::optional<Place> DeepAccesses::within(const Expr &Passed, const Place &Inside, StringRef NameInside) const {
  const Expr *E = Passed.IgnoreParenImpCasts();
  std::optional<Place> Whole = isa<CXXThisExpr>(E) ? Place{} : E->isGLValue() ? placeOf(*E, Context) : std::nullopt;
  if (Whole) {
    Whole->Name += Whole->Variable ? NameInside : NameInside.substr(1); // without the period
    Whole->Path.append(Inside.Path);
  }
  return Whole;
}

std::optional<Place> DeepAccesses::seenByCaller(const Place &Inside, const CallExpr &Call,
                                                const FunctionDecl &Callee) const {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Callee);
  const bool IsOperator = isa<CXXOperatorCallExpr>(Call) && Method;
  if (!Inside.Variable) {
    const auto *OfMember = dyn_cast<CXXMemberCallExpr>(&Call);
    const Expr *Object = OfMember ? OfMember->getImplicitObjectArgument() : IsOperator ? Call.getArg(0) : nullptr;
    StringRef Member = Inside.Name;
    Member.consume_front("this->");
    return Object ? within(*Object, Inside, ("." + Member).str()) : std::nullopt;
  }
  if (const auto *Parameter = dyn_cast<ParmVarDecl>(Inside.Variable);
      Parameter && Parameter->getDeclContext() == &Callee) {
    const unsigned Index = Parameter->getFunctionScopeIndex() + IsOperator;
    const bool IsPassed = Parameter->getType()->isReferenceType() && Index < Call.getNumArgs();
    const StringRef Rest = StringRef(Inside.Name).substr(Parameter->getName().size());
    return IsPassed ? within(*Call.getArg(Index), Inside, Rest) : std::nullopt;
  }
  const auto *V = dyn_cast<VarDecl>(Inside.Variable);
  if (V && V->hasGlobalStorage())
    return Inside;
  // A lambda's own copy is another variable.
  const bool IsBorrowed =
      Method && Method->getParent()->isLambda() &&
      llvm::any_of(Method->getParent()->captures(), [&](const LambdaCapture &C) {
        return C.capturesVariable() && C.getCapturedVar() == Inside.Variable && C.getCaptureKind() == LCK_ByRef;
      });
  return IsBorrowed ? std::optional(Inside) : std::nullopt;
}

const DeepAccesses::List &DeepAccesses::ofFunction(const FunctionDecl &F) {
  const auto [Found, Fresh] = Known.try_emplace(&F);
  if (Fresh)
    if (const Stmt *Body = F.getBody())
      Found->second = of(*Body);
  return Found->second;
}

DeepAccesses::List DeepAccesses::of(const Stmt &Code) {
  List All = collectAccesses(Code, Context).Accesses;
  CallFinder Finder;
  Finder.TraverseStmt(const_cast<Stmt *>(&Code));
  for (const CallExpr *Call : Finder.Calls) {
    const FunctionDecl *Callee = Call->getDirectCallee();
    const FunctionDecl *Defined = Callee ? Callee->getDefinition() : nullptr;
    if (!Defined)
      continue;
    for (const DirectAccess &A : ofFunction(*Defined))
      if (auto What = seenByCaller(A.What, *Call, *Defined))
        All.push_back({std::move(*What), A.Writes, A.Conditional, Call->getExprLoc(), nullptr});
  }
  for (DirectAccess &A : All)
    A.What = throughReferences(A.What, Context);
  return All;
}

namespace {

/// A part of a header, as the message `loop_changed` counts them.
enum class Part { Header, Bound, Increment, InnerHeader };
/// What changes it, likewise.
enum class Changer { Body, Header, Prologue, Reduction };

class HeaderChecker {
public:
  HeaderChecker(const ASTContext &Context, const Diagnostics &Diags) : Deep(Context), Context(Context), Diags(Diags) {}

  void reads(const Stmt *Code, Part Of) {
    if (!Code)
      return;
    for (DirectAccess &A : Deep.of(*Code))
      if (!A.Writes || A.Writer) // `n--` reads, too
        Read.push_back({std::move(A.What), Of});
    if (const auto *Lvalue = dyn_cast<Expr>(Code); Lvalue && Lvalue->isGLValue()) // which the header converts
      if (auto What = placeOf(*Lvalue, Context))
        Read.push_back({throughReferences(std::move(*What), Context), Of});
  }
  void changes(const Stmt *Code, Changer By) {
    if (Code && !Read.empty())
      for (const DirectAccess &A : Deep.of(*Code))
        if (A.Writes)
          changes(A.What, A.Where, By);
  }
  void changes(const Expr &Lvalue, SourceLocation Where, Changer By) {
    if (const auto What = placeOf(*Lvalue.IgnoreParenImpCasts(), Context))
      changes(throughReferences(*What, Context), Where, By);
  }
  bool isGood() const { return IsGood; }

private:
  void changes(const Place &Changed, SourceLocation Where, Changer By) {
    const auto Found = llvm::find_if(Read, [&](const auto &R) { return R.first.overlaps(Changed); });
    if (Found == Read.end() || !IsGood)
      return;
    IsGood = false;
    Diags.report(Where, Diag::loop_changed)
        << static_cast<unsigned>(By) << Found->first.Name << static_cast<unsigned>(Found->second);
  }

  DeepAccesses Deep;
  const ASTContext &Context;
  const Diagnostics &Diags;
  SmallVector<std::pair<Place, Part>, 4> Read;
  bool IsGood = true;
};

} // namespace

bool keepsHeader(const LoopNest &Nest, const Directive &D, const Attachment &A, const ASTContext &Context,
                 const Diagnostics &Diags) {
  HeaderChecker Check(Context, Diags);
  for (const LoopForm &Form : Nest) {
    const bool IsOutermost = &Form == &Nest.front();
    Check.reads(Form.Last, IsOutermost ? Part::Bound : Part::InnerHeader);
    Check.reads(Form.Stride, IsOutermost ? Part::Increment : Part::InnerHeader);
    if (!IsOutermost)
      for (const Stmt *Again : {static_cast<const Stmt *>(Form.First), static_cast<const Stmt *>(Form.Range)})
        Check.reads(Again, Part::InnerHeader);
  }
  for (auto [Reduced, Operand] : llvm::zip(D.Reductions, operandsOf(D, A).Reductions))
    Check.changes(*Operand, Reduced.Variable.Location, Changer::Reduction);
  Check.changes(Nest.back().Body, Changer::Body);
  for (const LoopForm &Form : Nest)
    for (const Expr *Again : {Form.Last, Form.Stride})
      Check.changes(Again, Changer::Header);
  if (!D.Staged || !Check.isGood())
    return Check.isGood();

  // The header of a staged loop is evaluated in front of the block that holds the loop.
  HeaderChecker Staged(Context, Diags);
  const LoopForm &Form = Nest.front();
  for (const Stmt *Code : {static_cast<const Stmt *>(Form.First), static_cast<const Stmt *>(Form.Last),
                           static_cast<const Stmt *>(Form.Stride), static_cast<const Stmt *>(Form.Range)})
    Staged.reads(Code, Part::Header);
  for (const DeclStmt *Needed : Form.Needed)
    Staged.reads(Needed, Part::Header);
  for (const Stmt *Before : A.Subject->children()) {
    if (Before == Form.Loop || llvm::is_contained(Before->children(), Form.Loop))
      break;
    Staged.changes(Before, Changer::Prologue);
  }
  return Staged.isGood();
}

} // namespace weave
