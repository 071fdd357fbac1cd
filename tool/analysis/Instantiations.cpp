// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/Instantiations.h"
#include "Diagnostics.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/DynamicRecursiveASTVisitor.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;

namespace weave {

namespace {

class Checker : public DynamicRecursiveASTVisitor {
  using Base = DynamicRecursiveASTVisitor;

public:
  Checker(const Plan &Decided, const DirectiveTable &Table, const Diagnostics &Diags) : Table(Table), Diags(Diags) {
    ShouldVisitTemplateInstantiations = true;
    for (const SpawnPlan &Spawn : Decided.Spawns)
      if (Spawn.Where->In->In->Decl->isDependentContext())
        Spawns[Spawn.Where->Index] = &Spawn;
  }

  bool hasWork() const { return !Spawns.empty(); }

  bool TraverseStmt(Stmt *S) override {
    const auto Index = S ? directiveOf(*S) : std::nullopt;
    const SpawnPlan *Inner = Index ? Spawns.lookup(*Index) : nullptr;
    llvm::SaveAndRestore Saved(Current, Inner ? Inner : Current);
    return Base::TraverseStmt(S);
  }
  bool VisitVarDecl(VarDecl *V) override {
    const auto Index = directiveOf(*V);
    if (Index && Spawns.contains(*Index) && V->getType()->isReferenceType() && Declared.insert(V->getLocation()).second)
      Diags.report(Table[*Index].Begin, Diag::on_declaration) << static_cast<unsigned>(BadDeclaration::Reference);
    return true;
  }
  bool VisitCallExpr(CallExpr *Call) override {
    if (const FunctionDecl *Callee = Call->getDirectCallee())
      check(*Callee, Call->arguments(), isa<CXXOperatorCallExpr>(Call) && isa<CXXMethodDecl>(Callee) ? 1 : 0);
    return true;
  }
  bool VisitCXXConstructExpr(CXXConstructExpr *Construct) override {
    check(*Construct->getConstructor(), Construct->arguments(), 0);
    return true;
  }

private:
  template <class Range> void check(const FunctionDecl &Callee, Range Arguments, unsigned Skip) {
    if (!Current)
      return;
    // Where the type is deduced, it may turn out to be const.
    const FunctionTemplateDecl *Template = Callee.getPrimaryTemplate();
    const FunctionDecl &Declared = Template ? *Template->getTemplatedDecl() : Callee;
    auto Argument = std::next(Arguments.begin(), Skip);
    for (const ParmVarDecl *Parameter : Declared.parameters()) {
      if (Argument == Arguments.end())
        return;
      const QualType Type = Parameter->getType();
      if (Type->isLValueReferenceType() && !Type->isDependentType() && !Type.getNonReferenceType().isConstQualified())
        checkArgument(**Argument, Callee);
      ++Argument;
    }
  }

  void checkArgument(const Expr &Argument, const FunctionDecl &Callee) {
    const auto *Reference = dyn_cast<DeclRefExpr>(Argument.IgnoreParenImpCasts());
    if (!Reference)
      return;
    const SourceLocation Place = Reference->getDecl()->getLocation(); // the same as in the pattern
    for (const Capture &C : Current->Captures)
      if (C.Mode == CaptureMode::Copy && !C.Changeable && C.Variable && C.Variable->getLocation() == Place &&
          C.Variable->getDeclName() == Reference->getDecl()->getDeclName() &&
          Said.insert({Current, C.Variable}).second) {
        const SourceLocation End = Table[Current->Where->Index].End;
        const std::string Mend = (" shared(" + C.Variable->getName() + ")").str();
        Diags.report(Argument.getBeginLoc(), Diag::copied_output)
            << C.Variable << &Callee << FixItHint::CreateInsertion(End, Mend);
      }
  }

  const DirectiveTable &Table;
  const Diagnostics &Diags;
  llvm::DenseMap<unsigned, const SpawnPlan *> Spawns;
  const SpawnPlan *Current = nullptr;
  llvm::DenseSet<std::pair<const SpawnPlan *, const ValueDecl *>> Said;
  llvm::DenseSet<SourceLocation> Declared;
};

} // namespace

void checkInstantiations(const Plan &Decided, const DirectiveTable &Table, ASTContext &Context,
                         const Diagnostics &Diags) {
  Checker Check(Decided, Table, Diags);
  if (Check.hasWork())
    Check.TraverseDecl(Context.getTranslationUnitDecl());
}

} // namespace weave
