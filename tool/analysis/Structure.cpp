// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/Structure.h"
#include "Diagnostics.h"
#include "analysis/CodeVisitor.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;

namespace weave {

class Structure::Builder : public CodeVisitor {
  using Base = CodeVisitor;

public:
  Builder(Structure &Result, ASTContext &Context, const DirectiveTable &Table)
      : Result(Result), Context(Context), Table(Table) {
    for (const Directive &D : Table)
      Directives.push_back(D.Begin);
  }

  bool TraverseDecl(Decl *D) override;
  bool TraverseStmt(Stmt *S) override;
  bool TraverseLambdaExpr(LambdaExpr *Lambda) override;
  bool VisitDecl(Decl *D) override;
  void resolveGotos();

private:
  /// Everything that a function body starts afresh.
  struct State {
    Function *InFunction = nullptr;
    const Stmt *Body = nullptr;
    Activation *In = nullptr;
    SmallVector<const Stmt *, 16> Path;
    SmallVector<const Stmt *, 8> BreakTargets, ContinueTargets;
  };

  bool mayHoldDirective(const Decl &D) const;
  void enterFunction(FunctionDecl &F, bool IsLambda);
  void enterSite(const Stmt &S);
  void declare(const Stmt &Scope, const Stmt *Declaration);
  void noteScope(const Stmt &S);
  void noteJump(const Stmt &S);
  void jump(JumpKind Kind, const Stmt &From, const Stmt *To) {
    Result.Jumps.push_back({Kind, &From, To, Now.InFunction});
  }

  Structure &Result;
  ASTContext &Context;
  const DirectiveTable &Table;
  SmallVector<SourceLocation> Directives;
  State Now;
  unsigned Clock = 0;
  llvm::SmallPtrSet<const Stmt *, 16> Seen, Injected;
  llvm::DenseMap<const Stmt *, Activation *> InnerRoots;
  /// The statements that hold the operands of spawned declarations, by directive.
  struct OperandStatement {
    SmallVector<const Expr *, 4> Operands;
    SmallVector<const Stmt *, 16> Path;
  };
  llvm::DenseMap<unsigned, OperandStatement> OperandStatements;
  SmallVector<std::pair<const Stmt *, const LabelDecl *>> Gotos;
  SmallVector<const LabelDecl *> AddressTaken;
  SmallVector<std::pair<const Stmt *, const Function *>> IndirectGotos;
  llvm::DenseMap<const Stmt *, const Function *> GotoOwners;
};

// The bulk of a unit is headers without directives.
bool Structure::Builder::mayHoldDirective(const Decl &D) const {
  const SourceManager &SM = Context.getSourceManager();
  const SourceRange Range = D.getSourceRange();
  if (Range.isInvalid())
    return true;
  const SourceLocation Begin = SM.getFileLoc(Range.getBegin()), End = SM.getExpansionRange(Range.getEnd()).getEnd();
  const auto First =
      llvm::partition_point(Directives, [&](SourceLocation L) { return SM.isBeforeInTranslationUnit(L, Begin); });
  return First != Directives.end() && !SM.isBeforeInTranslationUnit(End, *First);
}

void Structure::Builder::enterFunction(FunctionDecl &F, bool IsLambda) {
  Now = State();
  Now.InFunction = &Result.Functions.emplace_back(Function{&F, IsLambda});
  Now.Body = F.getBody();
  if (const auto *Coroutine = dyn_cast_or_null<CoroutineBodyStmt>(Now.Body)) {
    Now.InFunction->IsCoroutine = true;
    Now.Body = Coroutine->getBody();
  }
}

bool Structure::Builder::TraverseDecl(Decl *D) {
  if (!D)
    return true;
  if (isa<FunctionDecl, FunctionTemplateDecl, CXXRecordDecl, ClassTemplateDecl, NamespaceDecl>(D) &&
      !mayHoldDirective(*D))
    return true;
  auto *F = dyn_cast<FunctionDecl>(D);
  if (!F || !F->doesThisDeclarationHaveABody())
    return Base::TraverseDecl(D);
  llvm::SaveAndRestore Saved(Now);
  enterFunction(*F, /*IsLambda=*/false);
  return Base::TraverseDecl(D);
}

bool Structure::Builder::TraverseLambdaExpr(LambdaExpr *Lambda) {
  llvm::SaveAndRestore Saved(Now);
  enterFunction(*Lambda->getCallOperator(), /*IsLambda=*/true);
  return Base::TraverseLambdaExpr(Lambda);
}

bool Structure::Builder::VisitDecl(Decl *D) {
  if (D->hasAttrs() && directiveOf(*D))
    Result.AnnotatedDecls.push_back(D);
  return true;
}

void Structure::Builder::enterSite(const Stmt &S) {
  const auto Index = directiveOf(S);
  if (!Index || *Index >= Table.size() || !Now.In || !Seen.insert(&S).second)
    return;
  Attachment Attached{const_cast<Stmt *>(&S), nullptr, {}};
  if (const auto *Attributed = dyn_cast<AttributedStmt>(&S)) {
    Attached = attachmentOf(*Attributed);
    if (Attached.Loop)
      Injected.insert(Attached.Loop);
    if (Attached.Loop && Table[*Index].OnDeclaration) {
      OperandStatements[*Index] = {Attached.Operands, Now.Path};
      return;
    }
  }
  Site &New = Result.Sites.emplace_back(Site{*Index, &S, Attached, Now.In, nullptr, {}});
  New.Path.assign(Now.Path.begin(), Now.Path.end());
  if (const auto Before = OperandStatements.find(*Index); Before != OperandStatements.end()) {
    New.Attached.Operands = Before->second.Operands;
    New.Path.assign(Before->second.Path.begin(), Before->second.Path.end());
    New.Path.back() = &S; // the two are one statement to the user
  }
  const DirectiveKind Kind = Table[*Index].Kind;
  if (Kind != DirectiveKind::Spawn && Kind != DirectiveKind::ParallelFor)
    return;
  const Stmt *Root = Attached.Subject;
  if (const auto *Declaration = dyn_cast<DeclStmt>(&S)) {
    New.Declared = dyn_cast<VarDecl>(*Declaration->decl_begin());
    Root = New.Declared ? New.Declared->getInit() : nullptr;
    if (!Root)
      return;
  }
  const auto Enter = [&](Site &Of, ActivationKind As) {
    Of.Inner = &Result.Activations.emplace_back(Activation{As, Root, Now.InFunction, Of.In});
    InnerRoots[Root] = Of.Inner;
  };
  const bool IsLoop = Kind == DirectiveKind::ParallelFor;
  Enter(New, IsLoop && !Table[*Index].Nowait ? ActivationKind::Loop : ActivationKind::Task);
  if (!IsLoop || !Table[*Index].Nowait)
    return;
  Site &Loop = Result.Sites.emplace_back(Site{*Index, &S, Attached, New.Inner, nullptr, {&S}});
  Loop.AsTask = &New;
  Enter(Loop, ActivationKind::Loop);
}

void Structure::Builder::declare(const Stmt &Scope, const Stmt *Declaration) {
  while (Declaration) {
    if (const auto *Case = dyn_cast<SwitchCase>(Declaration))
      Declaration = Case->getSubStmt();
    else if (const auto *Label = dyn_cast<LabelStmt>(Declaration))
      Declaration = Label->getSubStmt();
    else
      break;
  }
  if (const auto *Declared = dyn_cast_or_null<DeclStmt>(Declaration))
    for (const Decl *D : Declared->decls())
      if (const auto *V = dyn_cast<VarDecl>(D))
        Result.Homes[V] = {&Scope, Declared};
}

void Structure::Builder::noteScope(const Stmt &S) {
  if (const auto *Compound = dyn_cast<CompoundStmt>(&S)) {
    for (const Stmt *Child : Compound->body())
      declare(S, Child);
  } else if (const auto *For = dyn_cast<ForStmt>(&S)) {
    declare(S, For->getInit());
    declare(S, For->getConditionVariableDeclStmt());
  } else if (const auto *Range = dyn_cast<CXXForRangeStmt>(&S)) {
    declare(S, Range->getInit());
    declare(S, Range->getLoopVarStmt());
  } else if (const auto *While = dyn_cast<WhileStmt>(&S)) {
    declare(S, While->getConditionVariableDeclStmt());
  } else if (const auto *If = dyn_cast<IfStmt>(&S)) {
    declare(S, If->getInit());
    declare(S, If->getConditionVariableDeclStmt());
  } else if (const auto *Switch = dyn_cast<SwitchStmt>(&S)) {
    declare(S, Switch->getInit());
    declare(S, Switch->getConditionVariableDeclStmt());
  } else if (const auto *Catch = dyn_cast<CXXCatchStmt>(&S)) {
    if (const VarDecl *V = Catch->getExceptionDecl())
      Result.Homes[V] = {&S, nullptr};
  }
}

void Structure::Builder::noteJump(const Stmt &S) {
  const auto Innermost = [](ArrayRef<const Stmt *> Targets) { return Targets.empty() ? nullptr : Targets.back(); };
  if (isa<ReturnStmt>(S)) {
    jump(JumpKind::Return, S, nullptr);
  } else if (isa<BreakStmt>(S)) {
    jump(JumpKind::Break, S, Innermost(Now.BreakTargets));
  } else if (isa<ContinueStmt>(S)) {
    jump(JumpKind::Continue, S, Innermost(Now.ContinueTargets));
  } else if (const auto *Goto = dyn_cast<GotoStmt>(&S)) {
    Gotos.push_back({Goto, Goto->getLabel()});
    GotoOwners[Goto] = Now.InFunction;
  } else if (isa<IndirectGotoStmt>(S)) {
    IndirectGotos.push_back({&S, Now.InFunction});
  } else if (const auto *Address = dyn_cast<AddrLabelExpr>(&S)) {
    AddressTaken.push_back(Address->getLabel());
  } else if (const auto *Switch = dyn_cast<SwitchStmt>(&S)) {
    for (const SwitchCase *Case = Switch->getSwitchCaseList(); Case; Case = Case->getNextSwitchCase())
      jump(JumpKind::Case, S, Case);
  } else if (isa<CoawaitExpr, DependentCoawaitExpr, CoyieldExpr, CoreturnStmt>(S)) {
    if (Now.InFunction)
      Now.InFunction->IsCoroutine = true;
    jump(isa<CoyieldExpr>(S)    ? JumpKind::CoYield
         : isa<CoreturnStmt>(S) ? JumpKind::CoReturn
                                : JumpKind::CoAwait,
         S, nullptr);
  }
}

bool Structure::Builder::TraverseStmt(Stmt *S) {
  if (!S)
    return true;
  if (Activation *Inner = InnerRoots.lookup(S); Inner && Now.In != Inner) {
    // A task is a body of its own for the statements in it, not for labels and loops: those belong to the function.
    llvm::SaveAndRestore SavedIn(Now.In, Inner);
    auto SavedPath = std::move(Now.Path);
    Now.Path.clear();
    const bool Continue = TraverseStmt(S);
    Now.Path = std::move(SavedPath);
    return Continue;
  }
  if (S == Now.Body)
    Now.In = &Result.Activations.emplace_back(Activation{ActivationKind::Function, S, Now.InFunction, nullptr});

  Now.Path.push_back(S);
  const unsigned Begin = ++Clock;
  if (isa<AttributedStmt, DeclStmt>(S))
    enterSite(*S);
  noteScope(*S);
  noteJump(*S);
  const bool IsLoop = isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(S) && !Injected.contains(S);
  const bool IsSwitch = isa<SwitchStmt>(S);
  if (IsLoop)
    Now.ContinueTargets.push_back(S);
  if (IsLoop || IsSwitch)
    Now.BreakTargets.push_back(S);
  const bool Continue = Base::TraverseStmt(S);
  if (IsLoop)
    Now.ContinueTargets.pop_back();
  if (IsLoop || IsSwitch)
    Now.BreakTargets.pop_back();
  Result.Spans[S] = {Begin, ++Clock};
  Now.Path.pop_back();
  return Continue;
}

void Structure::Builder::resolveGotos() {
  for (auto [From, Label] : Gotos)
    Result.Jumps.push_back({JumpKind::Goto, From, Label->getStmt(), GotoOwners.lookup(From)});
  for (auto [From, In] : IndirectGotos)
    for (const LabelDecl *Label : AddressTaken)
      Result.Jumps.push_back({JumpKind::Goto, From, Label->getStmt(), In});
}

Structure::Structure(ASTContext &Context, const DirectiveTable &Table) {
  Builder B(*this, Context, Table);
  B.TraverseDecl(Context.getTranslationUnitDecl());
  B.resolveGotos();
}

void noteDirective(const Site &Of, const DirectiveTable &Table, const Diagnostics &Diags) {
  const Directive &D = Table[Of.Index];
  Diags.report(D.Begin, Diag::directive_here) << !D.Label.empty() << D.Label;
}

} // namespace weave
