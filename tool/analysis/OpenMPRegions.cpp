// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/OpenMPRegions.h"
#include "Diagnostics.h"
#include "analysis/CodeVisitor.h"
#include "analysis/Mutation.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;

namespace weave {

namespace {

/// What stands in a region beside the constructs that divide its work.
class BetweenConstructs : public CodeVisitor {
  using Base = CodeVisitor;

public:
  BetweenConstructs(const Site &Region, const DirectiveTable &Table, const Diagnostics &Diags)
      : Context(Region.In->In->Decl->getASTContext()), Table(Table), Diags(Diags) {
    const Directive &D = Table[Region.Index];
    for (auto [Clause, E] : llvm::zip(D.Listed, operandsOf(D, Region.Attached).Listed))
      if (const auto *Reference = dyn_cast<DeclRefExpr>(E->IgnoreParenImpCasts());
          Reference && Clause.How != Sharing::Shared) {
        Own.insert(Reference->getDecl());
        if (Clause.How == Sharing::Firstprivate)
          Lasting.insert(Reference->getDecl());
      }
    TraverseStmt(Region.Attached.Subject);
  }

  /// Variables of a thread, and those of them that have a value in front of the constructs.
  llvm::SmallPtrSet<const ValueDecl *, 8> Own, Lasting;
  SmallVector<const AttributedStmt *, 4> Constructs;

  bool TraverseStmt(Stmt *S) override {
    if (Faulty || !S)
      return true;
    const auto *Attributed = dyn_cast<AttributedStmt>(S);
    const auto Index = Attributed ? directiveOf(*Attributed) : std::nullopt;
    if (!Index)
      return Base::TraverseStmt(S);
    const Directive &D = Table[*Index];
    if (D.OpenMP && (D.standsAlone() || D.Kind == DirectiveKind::Single ||
                     (D.Kind == DirectiveKind::ParallelFor && !D.OpenMP->OwnsTeam && !D.OpenMP->IsTaskloop))) {
      Constructs.push_back(Attributed);
      return true;
    }
    return fault(D.Begin, 2);
  }
  bool VisitVarDecl(VarDecl *V) override {
    Own.insert(V);
    if (V->hasInit())
      Lasting.insert(V);
    return true;
  }
  bool VisitCallExpr(CallExpr *Call) override {
    const FunctionDecl *Callee = Call->getDirectCallee();
    if (Callee && (Callee->isConstexpr() || Callee->hasAttr<ConstAttr>() || Callee->hasAttr<PureAttr>()))
      return true;
    return fault(Call->getExprLoc(), 0, Callee ? Callee->getNameAsString() : "a function");
  }
  bool VisitCXXConstructExpr(CXXConstructExpr *E) override {
    const CXXConstructorDecl *Constructor = E->getConstructor();
    return Constructor->isTrivial() || Constructor->isConstexpr() ||
           fault(E->getExprLoc(), 0, Constructor->getNameAsString());
  }
  bool VisitCXXNewExpr(CXXNewExpr *E) override { return fault(E->getExprLoc(), 0, "new"); }
  bool VisitCXXDeleteExpr(CXXDeleteExpr *E) override { return fault(E->getExprLoc(), 0, "delete"); }
  bool VisitCXXThrowExpr(CXXThrowExpr *E) override { return fault(E->getExprLoc(), 0, "throw"); }
  bool VisitLambdaExpr(LambdaExpr *E) override { return fault(E->getExprLoc(), 2); }
  bool VisitReturnStmt(ReturnStmt *S) override { return fault(S->getBeginLoc(), 2); }
  bool VisitBinaryOperator(BinaryOperator *E) override { return !E->isAssignmentOp() || changes(*E->getLHS()); }
  bool VisitUnaryOperator(UnaryOperator *E) override {
    return !E->isIncrementDecrementOp() || changes(*E->getSubExpr());
  }

private:
  bool changes(const Expr &What) {
    const auto *Reference = dyn_cast<DeclRefExpr>(What.IgnoreParenImpCasts());
    if (Reference && Own.contains(Reference->getDecl()) && !Reference->getDecl()->getType()->isReferenceType()) {
      Lasting.insert(Reference->getDecl());
      return true;
    }
    std::string Text;
    llvm::raw_string_ostream Stream(Text);
    What.printPretty(Stream, nullptr, Context.getPrintingPolicy());
    return fault(What.getExprLoc(), 1, Text);
  }
  bool fault(SourceLocation Where, unsigned Kind, StringRef Name = "") {
    if (!std::exchange(Faulty, true))
      Diags.report(Where, Diag::openmp_per_thread) << Kind << Name;
    return true;
  }

  const ASTContext &Context;
  const DirectiveTable &Table;
  const Diagnostics &Diags;
  bool Faulty = false;
};

class RegionChecker {
public:
  RegionChecker(const Structure &Where, const DirectiveTable &Table, const Diagnostics &Diags)
      : Where(Where), Table(Table), Diags(Diags) {}

  void check(const Site &S) const;

private:
  void checkRegion(const Site &Region) const;
  void checkBelongs(const Site &S) const;
  void checkSections(const Site &S) const;
  const Directive *around(const Site &S) const;

  const Structure &Where;
  const DirectiveTable &Table;
  const Diagnostics &Diags;
};

} // namespace

/// A variable that has a value in each thread must not be changed in a construct: threads would go on with different
/// ones.
void RegionChecker::checkRegion(const Site &Region) const {
  const BetweenConstructs Between(Region, Table, Diags);
  const bool IsDependent = Region.In->In->Decl->isDependentContext();
  for (const AttributedStmt *Construct : Between.Constructs) {
    const Directive &D = Table[*directiveOf(*Construct)];
    if (D.standsAlone() || Construct == Region.Attached.Subject) // in which case there is no other
      continue;
    const Mutation Writes(*Construct, IsDependent);
    llvm::SmallPtrSet<const ValueDecl *, 4> Listed;
    for (const Expr *E : operandsOf(D, attachmentOf(*Construct)).Listed)
      if (const auto *Reference = dyn_cast<DeclRefExpr>(E->IgnoreParenImpCasts()))
        Listed.insert(Reference->getDecl());
    for (const ValueDecl *V : D.OpenMP->IsSections ? Between.Own : Between.Lasting) // no section has others
      if (Writes.isWritten(*V) && !Listed.contains(V))
        Diags.report(D.Begin, Diag::openmp_thread_state) << V;
  }
}

/// The directive around a site; null if it is in no other.
const Directive *RegionChecker::around(const Site &S) const {
  for (const Stmt *Parent : llvm::reverse(ArrayRef(S.Path).drop_back()))
    if (const auto Index = isa<AttributedStmt>(Parent) ? directiveOf(*Parent) : std::nullopt)
      return &Table[*Index];
  if (S.In->Kind == ActivationKind::Function)
    return nullptr;
  const auto Maker = llvm::find_if(Where.Sites, [&](const Site &Other) { return Other.Inner == S.In; });
  return Maker == Where.Sites.end() ? nullptr : &Table[Maker->Index];
}

void RegionChecker::checkBelongs(const Site &S) const {
  const Directive &D = Table[S.Index];
  const Directive *Around = around(S);
  if (Around && Around->Kind == DirectiveKind::Parallel)
    return;
  if (Around)
    Diags.report(D.Begin, Diag::openmp_nested) << D.name() << Around->name();
  else
    Diags.report(D.Begin, Diag::openmp_outside) << D.name();
}

/// Each statement of the block is a section.
void RegionChecker::checkSections(const Site &S) const {
  const Directive &D = Table[S.Index];
  const auto *Block = dyn_cast<CompoundStmt>(S.Attached.Subject);
  const auto IsSection = [&](const Stmt *Part) {
    const auto Index = isa<AttributedStmt>(Part) ? directiveOf(*Part) : std::nullopt;
    return Index && Table[*Index].OpenMP && Table[*Index].OpenMP->IsSection;
  };
  if (!Block)
    Diags.report(D.Begin, Diag::openmp_sections) << D.name();
  else if (const auto Other = llvm::find_if_not(Block->body(), IsSection); Other != Block->body_end())
    Diags.report((*Other)->getBeginLoc(), Diag::openmp_sections) << D.name();
}

void RegionChecker::check(const Site &S) const {
  const Directive &D = Table[S.Index];
  if (!D.OpenMP || S.AsTask)
    return;
  if (D.OpenMP->IsSections)
    checkSections(S);
  const auto IsRegion = [&](const Stmt *Parent) {
    const auto Index = isa<AttributedStmt>(Parent) ? directiveOf(*Parent) : std::nullopt;
    return Index && Table[*Index].Kind == DirectiveKind::Parallel;
  };
  const bool IsOrphan = S.In->Kind == ActivationKind::Function && llvm::none_of(S.Path, IsRegion);
  switch (D.Kind) {
  case DirectiveKind::Parallel:
    return D.OpenMP->IsSections ? void() : checkRegion(S);
  case DirectiveKind::Single:
    return checkBelongs(S);
  case DirectiveKind::ParallelFor:
    return D.OpenMP->OwnsTeam || D.OpenMP->IsTaskloop ? void() : checkBelongs(S);
  case DirectiveKind::Sync:
    if (D.OpenMP->IsBarrier)
      return checkBelongs(S);
    if (IsOrphan &&
        llvm::none_of(Where.Sites, [&](const Site &Other) { return Other.In == S.In && Other.makesTask(); }))
      Diags.report(D.Begin, Diag::openmp_taskwait);
    return;
  case DirectiveKind::Spawn:
    if (const Directive *Around = around(S);
        D.OpenMP->IsSection && !(Around && Around->OpenMP && Around->OpenMP->IsSections))
      Diags.report(D.Begin, Diag::openmp_section);
    if (IsOrphan && !D.DependsOn.empty())
      Diags.report(D.Begin, Diag::openmp_depend);
    return;
  default:
    return;
  }
}

void checkRegions(const Structure &Where, const DirectiveTable &Table, const Diagnostics &Diags) {
  const RegionChecker Checker(Where, Table, Diags);
  for (const Site &S : Where.Sites)
    Checker.check(S);
}

} // namespace weave
