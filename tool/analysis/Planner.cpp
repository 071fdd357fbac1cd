// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/Planner.h"
#include "Diagnostics.h"
#include "analysis/Awaiters.h"
#include "analysis/Borrow.h"
#include "analysis/Clauses.h"
#include "analysis/Frames.h"
#include "analysis/Handles.h"
#include "analysis/InPlace.h"
#include "analysis/Instantiations.h"
#include "analysis/Jumps.h"
#include "analysis/LoopForm.h"
#include "analysis/OpenMPRegions.h"
#include "analysis/OpenMPSharing.h"
#include "analysis/Operands.h"
#include "analysis/OuterConstants.h"
#include "analysis/Outputs.h"
#include "analysis/Placement.h"
#include "analysis/PlanChecks.h"
#include "analysis/Reductions.h"
#include "analysis/Regions.h"
#include "analysis/SpawnedTypes.h"
#include "analysis/TaskUses.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/Support/ErrorHandling.h"

using namespace clang;

namespace weave {

namespace {

class Planner {
public:
  Planner(ASTContext &Context, const DirectiveTable &Table, const Diagnostics &Diags, const Structure &Where,
          Plan &Result)
      : Context(Context), Table(Table), Diags(Diags), Where(Where), Result(Result), Said(Table, Context, Diags),
        Flows(Context), UsesIn(Where, Table, Said, Flows, Context) {}

  void run();

private:
  const Directive &directive(const Site &S) const { return Table[S.Index]; }
  const Expr *handleOf(const Site &S) const {
    return directive(S).Handle ? operandsOf(directive(S), S.Attached).Handle.front() : nullptr;
  }

  void planLoop(const Site &S);
  void planSync(const Site &S, ArrayRef<const Site *> Sites, const FramePlacer &Frames);
  void planTryEntries(SyncPlan &Sync);
  VariableSet changedBy(const Site &S, const VariableSet &Written, const llvm::DenseMap<const Site *, Uses> &Found);
  void planTasks(const Activation &In, ArrayRef<const Site *> Sites);

  ASTContext &Context;
  const DirectiveTable &Table;
  const Diagnostics &Diags;
  const Structure &Where;
  Plan &Result;
  Clauses Said;
  SmallVector<const Site *> LoopsAround; ///< The one that is planned.
  AddressFlows Flows;
  TaskUses UsesIn;
};

} // namespace

void Planner::planLoop(const Site &S) {
  while (!LoopsAround.empty() && !Where.span(LoopsAround.back()->Statement).contains(Where.span(S.Statement)))
    LoopsAround.pop_back();
  const unsigned Depth = LoopsAround.size();
  LoopsAround.push_back(&S);
  auto Nest = analyseLoops(directive(S), S.Attached, S.In->In->Decl->isDependentContext(), Context, Diags);
  if (!Nest)
    return;
  VariableSet Private = Said.reduced(S);
  Private.insert_range(Said.privates(S));
  const VariableSet LeftBehind = Said.leftBehind(S);
  for (LoopForm &Form : *Nest) {
    if (!Form.IsOutside)
      continue;
    Form.LeavesValue = !directive(S).OpenMP || LeftBehind.contains(Form.Variable);
    if (const auto How = Said.listed(S).find(Form.Variable);
        (Said.reduced(S).contains(Form.Variable) && !LeftBehind.contains(Form.Variable)) ||
        (How != Said.listed(S).end() && How->second != Sharing::Private)) {
      Diags.report(directive(S).Begin, Diag::listed_loop_variable) << Form.Variable;
      return;
    }
    Private.insert(Form.Variable);
  }
  // What decides on the iterations is evaluated outside.
  SmallVector<const Stmt *, 4> Outside;
  for (const LoopForm &Form : *Nest)
    Outside.append({Form.First, Form.Last, Form.Range, Form.RangeInit});
  auto Reduced = analyseReductions(directive(S), S.Attached, *Nest, Context, Diags);
  if (!Reduced)
    return;
  llvm::erase_if(*Reduced, [&](const ReducedVariable &R) { // the loop leaves it there itself
    return R.Said->TakesLast && llvm::any_of(*Nest, [&](const LoopForm &Form) {
             return Form.IsOutside && Form.Variable->getName() == R.Name;
           });
  });
  for (const ReducedVariable &R : *Reduced)
    Outside.append(R.Uses.begin(), R.Uses.end());
  const Uses Found = UsesIn.of(S, Outside, Private);
  if (!Said.listsAll(S, Found))
    return;
  const VariableSet None;
  const auto IsCancel = [&](const Site &Inner) {
    return directive(Inner).Kind == DirectiveKind::Cancel && cancelledLoop(Inner, Where, Table, Context) == &S;
  };
  LoopPlan New{&S, *Nest, std::move(*Reduced), CaptureRule{None, Said.listed(S), None, Context, Diags}.apply(Found),
               Depth};
  for (const Site &Inner : Where.sitesIn(Where.span(S.Attached.Subject)))
    if (IsCancel(Inner))
      New.Cancels.push_back(&Inner);
  for (const ValueDecl *V : Said.privates(S))
    if (!Said.isListed(S, *V) && llvm::none_of(New.Nest, [&](const LoopForm &Form) { return Form.Variable == V; }))
      New.Implied.push_back(V);
  const LoopForm &Outermost = New.Nest.front();
  if (!New.Cancels.empty() && Outermost.IsOutside) {
    Diags.report(directive(*New.Cancels.front()).Begin, Diag::cancel_variable) << Outermost.Variable;
    return;
  }
  for (const Capture &C : New.Captures)
    if (C.Changeable && C.Variable->getType()->isArrayType())
      Diags.report(C.FirstUse, Diag::changed_array) << C.Variable;
  Result.Loops.push_back(std::move(New));
}

void Planner::planSync(const Site &S, ArrayRef<const Site *> Sites, const FramePlacer &Frames) {
  SyncPlan &New = Result.Syncs.emplace_back(SyncPlan{&S, Frames.inScope(*S.Statement)});
  const Directive &D = directive(S);
  if (D.Awaited.empty())
    return;
  const auto InScope = New.Frames;
  llvm::erase_if(New.Frames, [&](const Frame *F) { return !llvm::is_contained(F->Awaiters, &S); });
  for (auto [Named, Operand] : llvm::zip(D.Awaited, operandsOf(D, S.Attached).Awaited)) {
    if (!isHandle(*Operand, Named.Text, Sites, Table))
      continue;
    New.Handles.push_back(&Named);
    const ValueDecl *Holder = holderOf(*Operand);
    const auto IsBound = [&](const Site &Other) {
      const Expr *Handle = handleOf(Other);
      const ValueDecl *OtherHolder = Handle ? holderOf(*Handle) : nullptr;
      return Handle && (!Holder || !OtherHolder || Holder == OtherHolder);
    };
    // There is nothing to wait for of a loop that has waited itself.
    bool Found = llvm::any_of(Result.Loops,
                              [&](const LoopPlan &Loop) { return Loop.Where->In == S.In && IsBound(*Loop.Where); });
    for (const SpawnPlan &Spawn : Result.Spawns) {
      if (Spawn.Where->In != S.In || !IsBound(*Spawn.Where))
        continue;
      Found = true; // though a frame that has ended may have joined it
      if (llvm::is_contained(InScope, Spawn.Owner) && !llvm::is_contained(New.Bound, Spawn.Owner))
        New.Bound.push_back(Spawn.Owner);
    }
    if (!Found)
      Diags.report(Named.Location, Diag::awaited_handle) << Named.Text;
  }
  llvm::sort(New.Bound,
             [&](const Frame *A, const Frame *B) { return llvm::find(InScope, A) < llvm::find(InScope, B); });
}

void Planner::planTryEntries(SyncPlan &Sync) {
  const ArrayRef<const Stmt *> Path = Sync.Where->Path;
  for (size_t I = 1; I + 1 < Path.size(); ++I) {
    const auto *Try = dyn_cast<CXXTryStmt>(Path[I]);
    if (!Try || Path[I + 1] != Try->getTryBlock())
      continue;
    TryEntry New{Sync.Where, Try, !isa<CompoundStmt>(Path[I - 1]), {}};
    for (auto *Frames : {&Sync.Frames, &Sync.Bound})
      llvm::erase_if(*Frames, [&](const Frame *F) {
        const bool IsOutside = F->Scope.contains(Where.span(Try).Begin);
        if (IsOutside && !llvm::is_contained(New.Frames, F))
          New.Frames.push_back(F);
        return IsOutside;
      });
    if (!New.Frames.empty())
      Result.TryEntries.push_back(std::move(New));
  }
}

/// What a task may change of what the tasks of its activation use.
VariableSet Planner::changedBy(const Site &S, const VariableSet &Written,
                               const llvm::DenseMap<const Site *, Uses> &Found) {
  if (directive(S).Detached)
    return {};
  const Effects &Does = UsesIn.effectsOf(S);
  VariableSet Changed = Does.changed();
  Changed.insert_range(Written);
  for (const auto &[Other, Used] : Found)
    for (const Use &U : Used.Variables)
      if (U.Variable->getType()->isReferenceType() && Does.mayChange(*U.Variable))
        Changed.insert(U.Variable);
  return Changed;
}

void Planner::planTasks(const Activation &In, ArrayRef<const Site *> Sites) {
  llvm::DenseMap<const Site *, Uses> Found;
  llvm::DenseMap<const Site *, VariableSet> Written, Changed; // by their names, and by any name
  RunningOutputs::SiteMap ByStatement;
  bool IsGraph = false;
  for (const Site *S : Sites) {
    ByStatement[S->Statement] = S;
    if (!S->makesTask())
      continue;
    IsGraph |= !directive(*S).DependsOn.empty();
    Uses &U = Found[S] = UsesIn.of(*S, {}, Said.privates(*S));
    for (const Use &Variable : U.Variables)
      if (Variable.Written)
        Written[S].insert(Variable.Variable);
    if (S->Declared)
      Written[S].insert(S->Declared);
    Written[S].insert_range(Said.operandOwners(*S, /*OnlyWritten=*/true));
    if (directive(*S).Detached) // what it writes is its own
      Written[S].clear();
  }
  const AddressFlow &Flow = Flows.of(*In.In);
  const AwaiterMap AwaitersOf = findAwaiters(Sites, Written, Flow, Table, Diags);

  for (const auto &[S, Own] : Written)
    Changed[S] = changedBy(*S, Own, Found);
  RunningOutputs Running(In, ByStatement, Changed, Table);
  FramePlacer Frames(Where, Result, Table, Diags);
  for (const Site *S : Sites) {
    if (!S->makesTask())
      continue;
    const bool IsLoop = directive(*S).Kind == DirectiveKind::ParallelFor; // which says itself what is not listed
    SpawnPlan New{S, nullptr, {}};
    if (!IsLoop && !Said.listsAll(*S, Found[S]))
      continue;
    const VariableSet Operands = Said.operandOwners(*S, /*OnlyWritten=*/false);
    New.Captures = CaptureRule{Operands, Said.listed(*S), Running.at(*S), Context, Diags}.apply(Found[S]);
    if (directive(*S).Detached) {
      if (checkOwns(New, Table, Diags))
        Result.Spawns.push_back(std::move(New));
      continue;
    }
    for (Capture &C : New.Captures)
      C.Changeable &= !IsLoop; // each piece changes a copy of its own
    Borrow Borrowed(Flow, Where);
    for (const Capture &C : New.Captures)
      if (C.Variable)
        Borrowed.add(*C.Variable, C.Mode);
    if (const Expr *Handle = handleOf(*S))
      if (const ValueDecl *Holder = holderOf(*Handle))
        Borrowed.add(*Holder, CaptureMode::Reference);
    New.Borrowed.assign(Borrowed.objects().begin(), Borrowed.objects().end());
    // What a task declares waits for the task at the end of its block.
    const bool EndsInBlock = (S->Declared && isa<CompoundStmt>(S->Path[S->Path.size() - 2])) ||
                             isSyncedInBlock(*S, Sites, Where, Table);
    const auto Awaiters = AwaitersOf.lookup(S);
    // Of a frame without WEAVE_TRY, what the statement throws would come before what earlier tasks threw.
    New.InPlace = runsInPlace(New, Awaiters, Frames.blockOf(*S, New.Borrowed, EndsInBlock), Table) &&
                  llvm::all_of(Frames.inScope(*S->Statement), [](const Frame *F) { return F->Guarded; });
    if (!New.InPlace)
      New.Owner = Frames.place(*S, New.Borrowed, EndsInBlock, Awaiters);
    if (New.Owner || New.InPlace)
      Result.Spawns.push_back(std::move(New));
  }
  if (IsGraph)
    Frames.linkGraph();
  for (const Site *S : Sites) {
    if (directive(*S).standsAlone())
      planSync(*S, Sites, Frames), planTryEntries(Result.Syncs.back());
    else if (directive(*S).isScope())
      Result.Scopes.push_back(S);
    else if (directive(*S).Kind == DirectiveKind::Critical)
      Result.Locked.push_back(S);
  }
  RegionChooser(Where, Table, Context, Result).choose(In, Frames.frames());
}

void Planner::run() {
  checkAttached(Where, Table, Diags);
  checkJumps(Where, Table, Context, Diags);
  checkRegions(Where, Table, Diags);
  OpenMPSharing Implied(Where, Table, Said, Context);
  SmallVector<const Site *> Good;
  bool IsGood = false;
  for (const Site &S : Where.Sites) {
    if (!S.AsTask) // or it is the directive of the site before
      IsGood = isWellPlaced(S, Table, Diags) && checkHandle(S, Table, Diags) && checkDetached(S, Table, Diags) &&
               checkOperands(S, Table, Context, Diags) && Said.enter(S);
    if (!IsGood)
      continue;
    Implied.complete(S);
    Good.push_back(&S);
  }
  llvm::MapVector<const Activation *, SmallVector<const Site *>> Sites;
  for (const Site *S : Good) {
    if (S->makesLoop())
      planLoop(*S);
    else
      Sites[S->In].push_back(S);
  }
  for (const auto &[In, Own] : Sites)
    planTasks(*In, Own);
  captureOuterConstants(Result, Where, Table, Context);
  checkSpawnedTypes(Where, Diags);
  checkInstantiations(Result, Table, Context, Diags);
}

Analysis::Analysis(ASTContext &Context, const DirectiveTable &Table, const Diagnostics &Diags) : Where(Context, Table) {
  Planner(Context, Table, Diags, Where, Result).run();
  if (const char *Broken = brokenInvariant(Result, [this](const Stmt *S) { return Where.span(S); }))
    llvm::reportFatalInternalError(Twine("broken plan: ") + Broken);
}

} // namespace weave
