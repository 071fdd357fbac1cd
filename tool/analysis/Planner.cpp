// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/Planner.h"
#include "Diagnostics.h"
#include "analysis/Borrow.h"
#include "analysis/Captures.h"
#include "analysis/Frames.h"
#include "analysis/Instantiations.h"
#include "analysis/Jumps.h"
#include "analysis/LoopForm.h"
#include "analysis/Mutation.h"
#include "analysis/Outputs.h"
#include "analysis/Regions.h"
#include "analysis/SpawnedTypes.h"
#include "analysis/Unset.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/MapVector.h"

using namespace clang;

namespace weave {

namespace {

class Planner {
public:
  Planner(ASTContext &Context, const DirectiveTable &Table, const Diagnostics &Diags, Structure &Where, Plan &Result)
      : Context(Context), Table(Table), Diags(Diags), Where(Where), Result(Result) {}

  void run();

private:
  const Directive &directive(const Site &S) const { return Table[S.Index]; }
  bool isDependent(const Site &S) const { return S.In->In->Decl->isDependentContext(); }

  void checkAttached();
  void checkFunctions();
  bool checkSite(const Site &S);
  bool checkSync(const Site &S);
  bool checkReductions(const Site &S);
  bool checkListed(const Site &S);
  bool checkDeclaration(const Site &S);
  bool checkAllListed(const Site &S, const Uses &Found, const VariableSet &Operands);
  Uses usesOf(const Site &S, const llvm::SmallPtrSetImpl<const Stmt *> &Skip, const VariableSet &Private);
  void spreadToOtherNames(Uses &Found, const VariableSet &Operands, const SharingMap &Told) const;
  VariableSet operandOwners(const Site &S, bool OnlyWritten) const;
  ClauseOperands operands(const Site &S) const { return operandsOf(directive(S), S.Attached); }
  void planLoop(const Site &S);
  bool isSyncedInBlock(const Site &Spawn, ArrayRef<const Site *> Sites) const;
  using Awaiters = SmallVector<const Site *, 1>;
  llvm::DenseMap<const Site *, Awaiters> awaiters(ArrayRef<const Site *> Sites,
                                                  const llvm::DenseMap<const Site *, VariableSet> &Written);
  void planTasks(const Activation &In, ArrayRef<const Site *> Sites);

  ASTContext &Context;
  const DirectiveTable &Table;
  const Diagnostics &Diags;
  Structure &Where;
  Plan &Result;
  llvm::DenseMap<const Site *, SharingMap> Listed;
  llvm::DenseMap<const Function *, UnsetVariables> Unset;
};

} // namespace

void Planner::checkAttached() {
  llvm::SmallDenseSet<unsigned> Attached;
  for (const Site &S : Where.Sites)
    if (!Attached.insert(S.Index).second)
      Diags.report(directive(S).Begin, Diag::expanded_twice);
  for (auto [Index, D] : llvm::enumerate(Table))
    if (D.Kind != DirectiveKind::DependsOn && !Attached.contains(Index))
      Diags.report(D.Begin, Diag::not_attached);
}

void Planner::checkFunctions() {
  for (const Site &S : Where.Sites) {
    const Function &In = *S.In->In;
    if (In.IsCoroutine)
      Diags.report(directive(S).Begin, Diag::in_coroutine);
    else if (In.Decl->isConsteval() || (!In.IsLambda && In.Decl->isConstexpr())) // a lambda may be constexpr unasked
      Diags.report(directive(S).Begin, Diag::in_constexpr) << In.Decl->isConsteval();
  }
}

bool Planner::checkSync(const Site &S) {
  for (const Stmt *Parent : llvm::reverse(ArrayRef(S.Path).drop_back())) {
    if (isa<CompoundStmt>(Parent))
      return true;
    if (isa<LabelStmt, SwitchCase>(Parent))
      continue;
    if (isa<AttributedStmt, ForStmt>(Parent) && S.In->Root == S.Statement)
      break;
    Diags.report(directive(S).Begin, Diag::unbraced_sync) << (isa<IfStmt>(Parent)       ? 0
                                                              : isa<SwitchStmt>(Parent) ? 2
                                                                                        : 1)
                                                          << spelling(directive(S).Kind);
    return false;
  }
  Diags.report(S.In->Root->getBeginLoc(), Diag::on_directive) << "spawn" << spelling(directive(S).Kind);
  return false;
}

bool Planner::checkReductions(const Site &S) {
  bool Good = true;
  for (auto [Reduction, Operand] : llvm::zip(directive(S).Reductions, operands(S).Reductions)) {
    const auto *Reference = dyn_cast<DeclRefExpr>(Operand->IgnoreParenImpCasts());
    const ValueDecl *V = Reference ? Reference->getDecl() : nullptr;
    const QualType Type = Operand->getType();
    std::optional<unsigned> Fault;
    if (!V || !isa<VarDecl, BindingDecl>(V))
      Fault = 0;
    else if (Type->isArrayType())
      Fault = 1;
    else if (Type.isConstQualified())
      Fault = 2;
    if (Fault) {
      Diags.report(Reduction.Variable.Location, Diag::bad_reduction) << Reduction.Variable.Text << *Fault;
      Good = false;
    }
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

/// Enters what the clauses of a directive say about variables into `Listed`.
bool Planner::checkListed(const Site &S) {
  const VariableSet Operands = operandOwners(S, /*OnlyWritten=*/false);
  bool Good = true;
  for (auto [Clause, Operand] : llvm::zip(directive(S).Listed, operands(S).Listed)) {
    const auto &[How, Name] = Clause;
    const ValueDecl *V = listedVariable(*Operand);
    const auto *Variable = dyn_cast_or_null<VarDecl>(V);
    const QualType Type = Operand->getType();
    const bool IsFresh = How == Sharing::Private || How == Sharing::Move;
    std::optional<unsigned> Fault;
    if (!V)
      Fault = 0;
    else if (How != Sharing::Shared && Variable && !Variable->hasLocalStorage())
      Fault = 1;
    else if (How == Sharing::Move && Type->isArrayType())
      Fault = 2;
    else if (IsFresh && Type.isConstQualified())
      Fault = 3;
    else if (IsFresh && V->isParameterPack())
      Fault = 4;
    if (Fault)
      Diags.report(Name.Location, Diag::bad_listed) << Name.Text << spelling(How) << *Fault;
    else if (Operands.contains(V) && How != Sharing::Shared)
      Diags.report(Name.Location, Diag::depends_on_variable) << Name.Text;
    else
      Listed[&S][V] = How;
    Good &= Listed[&S].contains(V);
  }
  return Good;
}

/// Under default(none).
bool Planner::checkAllListed(const Site &S, const Uses &Found, const VariableSet &Operands) {
  bool Good = true;
  for (const Use &U : Found.Variables) {
    // What an instantiation may know as a constant is not captured there.
    const bool IsConstant = U.Doubtful && U.Variable->getType().isConstQualified();
    if (Listed[&S].contains(U.Variable) || Operands.contains(U.Variable) || IsConstant)
      continue;
    Diags.report(U.First, Diag::unlisted) << U.Variable;
    noteDirective(S, Table, Diags);
    Good = false;
  }
  return Good;
}

static bool hasInitialiser(const VarDecl &V) {
  const auto *Construct = dyn_cast_or_null<CXXConstructExpr>(V.getInit());
  const bool IsDefault =
      Construct && Construct->getParenOrBraceRange().isInvalid() && Construct->getBeginLoc() == V.getLocation();
  return V.hasInit() && !IsDefault;
}

bool Planner::checkDeclaration(const Site &S) {
  const SourceLocation Begin = directive(S).Begin;
  const auto *Declared = cast<DeclStmt>(S.Attached.Subject);
  const VarDecl *V = S.Declared;
  if (!V || !hasInitialiser(*V)) {
    Diags.report(Begin, Diag::on_empty_declaration);
    return false;
  }
  std::optional<BadDeclaration> Fault;
  if (!Declared->isSingleDecl())
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

bool Planner::checkSite(const Site &S) {
  const Directive &D = directive(S);
  for (const Stmt *Parent : S.Path)
    if (isa<StmtExpr>(Parent)) {
      Diags.report(D.Begin, Diag::in_statement_expression);
      return false;
    }
  const StringRef Name = spelling(D.Kind);
  const Stmt *Subject = S.Attached.Subject;
  switch (D.Kind) {
  case DirectiveKind::Sync:
  case DirectiveKind::LoadBalance:
    return checkSync(S);
  case DirectiveKind::SyncScope:
    if (!isa<CompoundStmt>(Subject))
      Diags.report(D.Begin, Diag::not_a_block);
    return isa<CompoundStmt>(Subject);
  case DirectiveKind::ParallelFor:
    if (const auto *Next = dyn_cast<AttributedStmt>(Subject); Next && directiveOf(*Next)) {
      Diags.report(D.Begin, Diag::on_directive) << Name << spelling(Table[*directiveOf(*Next)].Kind);
      return false;
    }
    return checkReductions(S) && checkListed(S);
  case DirectiveKind::Spawn:
    if (isa<SwitchCase, LabelStmt>(Subject)) {
      Diags.report(D.Begin, Diag::on_label) << Name;
      return false;
    }
    if (isa<DeclStmt>(Subject))
      return checkDeclaration(S) && checkListed(S);
    if (isa<AttributedStmt>(Subject) ||
        isa<Expr, CompoundStmt, IfStmt, ForStmt, CXXForRangeStmt, WhileStmt, DoStmt, SwitchStmt, CXXTryStmt>(Subject))
      return checkListed(S);
    if (!isa<ReturnStmt, GotoStmt, BreakStmt, ContinueStmt, CoreturnStmt, IndirectGotoStmt>(Subject)) // said already
      Diags.report(D.Begin, Diag::on_unsupported);
    return false;
  case DirectiveKind::DependsOn:
    break;
  }
  llvm_unreachable("depends_on annotates nothing");
}

/// The variables named by the depends_on operands of a directive.
VariableSet Planner::operandOwners(const Site &S, bool OnlyWritten) const {
  VariableSet Owners;
  for (auto [Operand, Value] : llvm::zip(directive(S).DependsOn, operands(S).DependsOn))
    if (!OnlyWritten || Operand.Mode != Access::In)
      if (const ValueDecl *Owner = ownerOfBytes(*Value))
        Owners.insert(Owner);
  return Owners;
}

Uses Planner::usesOf(const Site &S, const llvm::SmallPtrSetImpl<const Stmt *> &Skip, const VariableSet &Private) {
  Uses Found = collectUses(S.Attached.Subject, Skip, isDependent(S), Context);
  llvm::erase_if(Found.Variables, [&](const Use &U) { return Private.contains(U.Variable); });
  if (Found.Variables.empty())
    return Found;

  // What a nested task says it writes is written, whatever its text shows.
  VariableSet WrittenInside;
  const Span Body = Where.span(S.Attached.Subject);
  for (const Site &Nested : Where.Sites)
    if (&Nested != &S && Body.contains(Where.span(Nested.Statement))) {
      for (const ValueDecl *V : operandOwners(Nested, /*OnlyWritten=*/true))
        WrittenInside.insert(V);
      for (auto [V, How] : Listed[&Nested])
        if (How == Sharing::Shared || How == Sharing::Move)
          WrittenInside.insert(V);
    }
  const Mutation Writes(*S.Statement, isDependent(S));
  const SharingMap &Told = Listed[&S];
  // In resolved code the text tells what is written.
  const UnsetVariables *InFunction =
      isDependent(S) ? &Unset.try_emplace(S.In->In, *S.In->In, Where).first->second : nullptr;
  for (Use &U : Found.Variables) {
    U.Exposed = WrittenInside.contains(U.Variable) || Writes.isExposed(*U.Variable);
    // Who asks to share a variable may write it where the text does not show; who asks for a copy writes that.
    if (const auto How = Told.find(U.Variable); How != Told.end())
      U.Written = How->second == Sharing::Shared && !U.Variable->getType().getNonReferenceType().isConstQualified();
    else
      U.Written = WrittenInside.contains(U.Variable) || Writes.isWritten(*U.Variable) ||
                  (U.Exposed && InFunction && InFunction->contains(*U.Variable, S));
  }
  spreadToOtherNames(Found, operandOwners(S, /*OnlyWritten=*/true), Told);
  return Found;
}

/// A reference is but a name: what is written under one name is written under all of them.
void Planner::spreadToOtherNames(Uses &Found, const VariableSet &Operands, const SharingMap &Told) const {
  if (llvm::none_of(Found.Variables, [](const Use &U) { return U.Variable->getType()->isReferenceType(); }) &&
      llvm::none_of(Operands, [](const ValueDecl *V) { return V->getType()->isReferenceType(); }))
    return;
  Borrow Written(Where);
  for (const ValueDecl *V : Operands)
    Written.add(*V);
  for (const Use &U : Found.Variables)
    if (U.Written)
      Written.add(*U.Variable);
  for (Use &U : Found.Variables) {
    if (U.Written || Told.contains(U.Variable))
      continue;
    Borrow Own(Where);
    Own.add(*U.Variable);
    U.Written = llvm::any_of(Own.objects(), [&](const VarDecl *V) { return llvm::is_contained(Written.objects(), V); });
  }
}

void Planner::planLoop(const Site &S) {
  const auto Form = analyseLoop(*S.Attached.Subject, isDependent(S), Context, Diags);
  if (!Form)
    return;
  // The first value and the bound are evaluated outside.
  llvm::SmallPtrSet<const Stmt *, 2> Skip{Form->First, Form->Last};
  VariableSet Private;
  for (const Expr *Operand : operands(S).Reductions)
    if (const ValueDecl *V = ownerOfBytes(*Operand))
      Private.insert(V);
  for (auto [V, How] : Listed[&S])
    if (How == Sharing::Private)
      Private.insert(V);
  const VariableSet None;
  const Uses Found = usesOf(S, Skip, Private);
  if (directive(S).ListsAll && !checkAllListed(S, Found, None))
    return;
  LoopPlan New{&S, *Form, CaptureRule{None, Listed[&S], None, Context, Diags}.apply(Found)};
  for (const Capture &C : New.Captures)
    if (C.Changeable && C.Variable->getType()->isArrayType())
      Diags.report(C.FirstUse, Diag::changed_array) << C.Variable;
  Result.Loops.push_back(std::move(New));
}

/// Whether a sync follows the spawn among the statements of the same block.
bool Planner::isSyncedInBlock(const Site &Spawn, ArrayRef<const Site *> Sites) const {
  const auto BlockOf = [](const Site &S) {
    return S.Path.size() < 2 ? nullptr : dyn_cast<CompoundStmt>(S.Path[S.Path.size() - 2]);
  };
  const CompoundStmt *Block = BlockOf(Spawn);
  return Block && llvm::any_of(Sites, [&](const Site *S) {
           return directive(*S).Kind == DirectiveKind::Sync && directive(*S).Awaited.empty() && BlockOf(*S) == Block &&
                  Where.span(S->Statement).Begin > Where.span(Spawn.Statement).Begin;
         });
}

/// For each spawn, the syncs that name what it makes.
llvm::DenseMap<const Site *, Planner::Awaiters>
Planner::awaiters(ArrayRef<const Site *> Sites, const llvm::DenseMap<const Site *, VariableSet> &Written) {
  llvm::DenseMap<const Site *, Awaiters> Result;
  // Names may stand for the same object.
  const auto ObjectsOf = [&](const VariableSet &Named) {
    Borrow Reached(Where);
    VariableSet Objects = Named;
    for (const ValueDecl *V : Named)
      Reached.add(*V);
    Objects.insert(Reached.objects().begin(), Reached.objects().end());
    return Objects;
  };
  for (const Site *Sync : Sites) {
    for (auto [Name, Operand] : llvm::zip(directive(*Sync).Awaited, operands(*Sync).Awaited)) {
      const ValueDecl *V = ownerOfBytes(*Operand);
      if (!V) {
        Diags.report(Name.Location, Diag::awaited_variable) << Name.Text;
        continue;
      }
      const VariableSet Objects = ObjectsOf({V});
      bool Found = false;
      for (const Site *Spawn : Sites) {
        const auto Own = Written.find(Spawn);
        if (Own == Written.end())
          continue;
        VariableSet Outputs = ObjectsOf(Own->second);
        if (llvm::none_of(Objects, [&](const ValueDecl *Object) { return Outputs.contains(Object); }))
          continue;
        Found = true;
        if (!llvm::is_contained(Result[Spawn], Sync))
          Result[Spawn].push_back(Sync);
      }
      if (!Found)
        Diags.report(Name.Location, Diag::awaited_by_nobody) << Name.Text;
    }
  }
  return Result;
}

void Planner::planTasks(const Activation &In, ArrayRef<const Site *> Sites) {
  llvm::DenseMap<const Site *, Uses> Found;
  llvm::DenseMap<const Site *, VariableSet> Written;
  RunningOutputs::SiteMap ByStatement;
  bool IsGraph = false;
  for (const Site *S : Sites) {
    ByStatement[S->Statement] = S;
    if (directive(*S).Kind != DirectiveKind::Spawn)
      continue;
    IsGraph |= !directive(*S).DependsOn.empty();
    Uses &U = Found[S] = usesOf(*S, llvm::SmallPtrSet<const Stmt *, 1>(), {});
    for (const Use &Variable : U.Variables)
      if (Variable.Written)
        Written[S].insert(Variable.Variable);
    if (S->Declared)
      Written[S].insert(S->Declared);
    Written[S].insert_range(operandOwners(*S, /*OnlyWritten=*/true));
  }
  const auto AwaitersOf = awaiters(Sites, Written);

  RunningOutputs Running(In, ByStatement, Written, Table);
  FramePlacer Frames(Where, Result, Table, Diags);
  for (const Site *S : Sites) {
    if (directive(*S).Kind != DirectiveKind::Spawn)
      continue;
    SpawnPlan New{S, nullptr, {}};
    const VariableSet Operands = operandOwners(*S, /*OnlyWritten=*/false);
    if (directive(*S).ListsAll && !checkAllListed(*S, Found[S], Operands))
      continue;
    New.Captures = CaptureRule{Operands, Listed[S], Running.at(*S), Context, Diags}.apply(Found[S]);
    Borrow Borrowed(Where);
    for (const Capture &C : New.Captures)
      if (C.Mode == CaptureMode::Reference)
        Borrowed.add(*C.Variable);
    // What a task declares waits for the task at the end of its block.
    const bool EndsInBlock = S->Declared && isa<CompoundStmt>(S->Path[S->Path.size() - 2]);
    New.Owner = Frames.place(*S, Borrowed.objects(), EndsInBlock || isSyncedInBlock(*S, Sites), AwaitersOf.lookup(S));
    if (New.Owner)
      Result.Spawns.push_back(std::move(New));
  }
  if (IsGraph)
    Frames.linkGraph();
  for (const Site *S : Sites) {
    if (!directive(*S).standsAlone())
      continue;
    SyncPlan &New = Result.Syncs.emplace_back(SyncPlan{S, Frames.inScope(*S->Statement)});
    if (!directive(*S).Awaited.empty())
      llvm::erase_if(New.Frames, [&](const Frame *F) { return !llvm::is_contained(F->Awaiters, S); });
  }
  RegionChooser(Where, Context, Result).choose(In, Frames.frames());
}

void Planner::run() {
  checkAttached();
  checkFunctions();
  checkJumps(Where, Table, Diags);
  SmallVector<const Site *> Good;
  for (const Site &S : Where.Sites)
    if (checkSite(S))
      Good.push_back(&S);
  llvm::MapVector<const Activation *, SmallVector<const Site *>> Sites;
  for (const Site *S : Good) {
    if (directive(*S).Kind == DirectiveKind::ParallelFor)
      planLoop(*S);
    else
      Sites[S->In].push_back(S);
  }
  for (const auto &[In, Own] : Sites)
    planTasks(*In, Own);
  checkSpawnedTypes(Where, Diags);
  checkInstantiations(Result, Table, Context, Diags);
}

Analysis::Analysis(ASTContext &Context, const DirectiveTable &Table, const Diagnostics &Diags) : Where(Context, Table) {
  Planner(Context, Table, Diags, Where, Result).run();
}

} // namespace weave
