// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/Placement.h"
#include "Diagnostics.h"
#include "analysis/Plan.h"
#include "clang/AST/Attr.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/AST/StmtOpenMP.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace weave {

/// Whether the user wrote `constexpr`; a lambda may be it unasked.
static bool isDeclaredConstexpr(const Function &F) {
  const FunctionDecl &Decl = *F.Decl;
  if (!F.IsLambda || !Decl.isConstexpr())
    return Decl.isConstexpr();
  const SourceManager &SM = Decl.getASTContext().getSourceManager();
  const SourceLocation Body = SM.getSpellingLoc(Decl.getBody()->getBeginLoc());
  const LangOptions &Language = Decl.getLangOpts();
  int Depth = 1; // behind the '['
  for (auto Next = Lexer::findNextToken(SM.getSpellingLoc(Decl.getLocation()), SM, Language);
       Next && SM.isBeforeInTranslationUnit(Next->getLocation(), Body);
       Next = Lexer::findNextToken(Next->getLocation(), SM, Language)) {
    Depth += Next->isOneOf(tok::l_paren, tok::l_square, tok::l_brace);
    Depth -= Next->isOneOf(tok::r_paren, tok::r_square, tok::r_brace);
    if (Depth == 0 && Next->is(tok::raw_identifier) && Next->getRawIdentifier() == "constexpr")
      return true;
  }
  return false;
}

void checkAttached(const Structure &Where, const DirectiveTable &Table, const Diagnostics &Diags) {
  llvm::SmallDenseSet<unsigned> Attached;
  for (const Site &S : Where.Sites)
    if (!S.AsTask && !Attached.insert(S.Index).second)
      Diags.report(Table[S.Index].Begin, Diag::expanded_twice);
  for (auto [Index, D] : llvm::enumerate(Table))
    if (D.Kind != DirectiveKind::DependsOn && !Attached.contains(Index))
      Diags.report(D.Begin, Diag::not_attached);

  for (const Site &S : Where.Sites) {
    const Function &In = *S.In->In;
    if (In.IsCoroutine)
      Diags.report(Table[S.Index].Begin, Diag::in_coroutine);
    else if (In.Decl->isConsteval() || isDeclaredConstexpr(In))
      Diags.report(Table[S.Index].Begin, Diag::in_constexpr) << In.Decl->isConsteval();
  }
}

/// A sync replaces the pragma by a statement, which needs a block around it.
static bool standsInBlock(const Site &S, const Directive &D, const Diagnostics &Diags) {
  for (const Stmt *Parent : llvm::reverse(ArrayRef(S.Path).drop_back())) {
    if (isa<CompoundStmt>(Parent))
      return true;
    if (isa<LabelStmt, SwitchCase>(Parent))
      continue;
    if (isa<AttributedStmt, ForStmt>(Parent) && S.In->Root == S.Statement)
      break;
    Diags.report(D.Begin, Diag::unbraced_sync) << (isa<IfStmt>(Parent)       ? 0
                                                   : isa<SwitchStmt>(Parent) ? 2
                                                                             : 1)
                                               << D.name();
    return false;
  }
  Diags.report(S.In->Root->getBeginLoc(), Diag::on_directive) << "spawn" << D.name();
  return false;
}

static bool hasInitialiser(const VarDecl &V) {
  const auto *Construct = dyn_cast_or_null<CXXConstructExpr>(V.getInit());
  const bool IsDefault =
      Construct && Construct->getParenOrBraceRange().isInvalid() && Construct->getBeginLoc() == V.getLocation();
  return V.hasInit() && !IsDefault;
}

static bool isSpawnable(const DeclStmt &Declared, const Site &S, SourceLocation Begin, const Diagnostics &Diags) {
  const VarDecl *V = S.Declared;
  if (!V || !hasInitialiser(*V)) {
    Diags.report(Begin, Diag::on_empty_declaration);
    return false;
  }
  std::optional<BadDeclaration> Fault;
  if (!Declared.isSingleDecl())
    Fault = BadDeclaration::Several;
  else if (isa<DecompositionDecl>(V))
    Fault = BadDeclaration::Bindings;
  else if (V->getType()->isReferenceType())
    Fault = BadDeclaration::Reference;
  else if (V->getType()->isArrayType())
    Fault = BadDeclaration::Array;
  else if (!V->hasLocalStorage())
    Fault = BadDeclaration::Static;
  else if (V->isConstexpr())
    Fault = BadDeclaration::Constexpr;
  else if (V->getType().isVolatileQualified())
    Fault = BadDeclaration::Volatile;
  if (Fault) {
    Diags.report(Begin, Diag::on_declaration) << static_cast<unsigned>(*Fault);
    return false;
  }
  const auto Outside = llvm::reverse(ArrayRef(S.Path).drop_back());
  const auto Around = llvm::find_if(Outside, [](const Stmt *P) { return !isa<LabelStmt, SwitchCase>(P); });
  if (Around == Outside.end() || !isa<CompoundStmt>(*Around)) {
    Diags.report(Begin, Diag::unbraced_declaration);
    return false;
  }
  return true;
}

/// `omp parallel for`
static std::string nameOf(const OMPExecutableDirective &Construct) {
  return ("omp " + llvm::omp::getOpenMPDirectiveName(Construct.getDirectiveKind())).str();
}

/// Of OpenMP's constructs, which get braces if need be.
static bool isStatement(const Stmt &Subject, const Directive &D, const Diagnostics &Diags) {
  const bool IsGood = !isa<DeclStmt, SwitchCase, LabelStmt>(Subject);
  if (!IsGood)
    Diags.report(D.Begin, Diag::openmp_statement) << D.name();
  return IsGood;
}

bool isWellPlaced(const Site &S, const DirectiveTable &Table, const Diagnostics &Diags) {
  const Directive &D = Table[S.Index];
  for (const Stmt *Parent : S.Path) {
    if (isa<StmtExpr>(Parent)) {
      Diags.report(D.Begin, Diag::in_statement_expression);
      return false;
    }
    if (const auto *Construct = dyn_cast<OMPExecutableDirective>(Parent)) {
      Diags.report(D.Begin, Diag::in_openmp) << D.name() << nameOf(*Construct);
      return false;
    }
  }
  const StringRef Name = D.name();
  const Stmt *Subject = S.Attached.Subject;
  switch (D.Kind) {
  case DirectiveKind::Sync:
  case DirectiveKind::LoadBalance:
  case DirectiveKind::Flush:
    return standsInBlock(S, D, Diags);
  case DirectiveKind::SyncScope:
    if (!isa<CompoundStmt>(Subject) && !D.OpenMP)
      Diags.report(D.Begin, Diag::not_a_block);
    return D.OpenMP ? isStatement(*Subject, D, Diags) : isa<CompoundStmt>(Subject);
  case DirectiveKind::Parallel:
  case DirectiveKind::Single:
  case DirectiveKind::Critical:
    return isStatement(*Subject, D, Diags);
  case DirectiveKind::ParallelFor:
    if (const auto *Next = dyn_cast<AttributedStmt>(Subject); Next && directiveOf(*Next)) {
      Diags.report(D.Begin, Diag::on_directive) << Name << Table[*directiveOf(*Next)].name();
      return false;
    }
    if (const auto *Construct = dyn_cast<OMPExecutableDirective>(Subject); Construct && !isa<OMPSimdDirective>(Subject)) {
      Diags.report(D.Begin, Diag::on_directive) << Name << nameOf(*Construct);
      return false;
    }
    return true;
  case DirectiveKind::Spawn:
    if (isa<SwitchCase, LabelStmt>(Subject)) {
      Diags.report(D.Begin, Diag::on_label) << Name;
      return false;
    }
    if (const auto *Declared = dyn_cast<DeclStmt>(Subject))
      return isSpawnable(*Declared, S, D.Begin, Diags);
    if (const auto *Empty = dyn_cast<NullStmt>(Subject); Empty && Empty->hasLeadingEmptyMacro())
      return true; // not empty in every build
    if (const auto *Construct = dyn_cast<OMPExecutableDirective>(Subject)) {
      if (!Construct->hasAssociatedStmt())
        Diags.report(D.Begin, Diag::on_directive) << Name << nameOf(*Construct);
      return Construct->hasAssociatedStmt();
    }
    if (isa<AttributedStmt>(Subject) ||
        isa<Expr, CompoundStmt, IfStmt, ForStmt, CXXForRangeStmt, WhileStmt, DoStmt, SwitchStmt, CXXTryStmt>(Subject))
      return true;
    if (!isa<ReturnStmt, GotoStmt, BreakStmt, ContinueStmt, CoreturnStmt, IndirectGotoStmt>(Subject)) // said already
      Diags.report(D.Begin, Diag::on_unsupported);
    return false;
  case DirectiveKind::Cancel: // Jumps.h tells what it ends
    return true;
  case DirectiveKind::DependsOn:
    break;
  }
  llvm_unreachable("depends_on annotates nothing");
}

} // namespace weave
