// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/Remarks.h"
#include "Diagnostics.h"
#include "analysis/Planner.h"
#include "clang/AST/Decl.h"

using namespace clang;

namespace weave {

namespace {

class Remarker {
public:
  Remarker(const Analysis &Input, const DirectiveTable &Table, const Diagnostics &Diags)
      : Input(Input), Table(Table), Diags(Diags) {}

  void task(const SpawnPlan &Spawn) const;
  void loop(const LoopPlan &Loop) const;
  void sync(const SyncPlan &Sync) const;

private:
  void captures(const Site &S, ArrayRef<Capture> Captures) const;
  bool waitsFor(const SyncPlan &Sync, const SpawnPlan &Spawn) const {
    return Spawn.Owner && (llvm::is_contained(Sync.Frames, Spawn.Owner) ||
                           (Table[Spawn.Where->Index].Handle && llvm::is_contained(Sync.Bound, Spawn.Owner)) ||
                           llvm::any_of(Input.Result.TryEntries, [&](const TryEntry &Entry) {
                             return Entry.Sync == Sync.Where && llvm::is_contained(Entry.Frames, Spawn.Owner);
                           }));
  }

  const Analysis &Input;
  const DirectiveTable &Table;
  const Diagnostics &Diags;
};

} // namespace

void Remarker::captures(const Site &S, ArrayRef<Capture> Captures) const {
  std::string Copied, Moved, Borrowed;
  for (const Capture &C : Captures) {
    std::string &List = C.Mode == CaptureMode::Reference ? Borrowed : C.Mode == CaptureMode::Move ? Moved : Copied;
    List += (List.empty() ? "" : ", ") + (C.Variable ? "'" + C.Variable->getNameAsString() + "'" : "'this'");
  }
  std::string All;
  for (const auto &[List, How] :
       {std::pair(Copied, " by copy"), std::pair(Moved, " by moving it"), std::pair(Borrowed, " by reference")})
    if (!List.empty())
      All += (All.empty() ? "" : "; ") + List + How;
  const Directive &D = Table[S.Index];
  Diags.report(D.Begin, Diag::task_remark) << (D.Kind == DirectiveKind::ParallelFor) << All.empty() << All;

  for (const Capture &C : Captures)
    Diags.report(C.FirstUse, Diag::capture_reason)
        << (C.Variable ? C.Variable->getNameAsString() : "this") << static_cast<int>(C.Why);
}

void Remarker::task(const SpawnPlan &Spawn) const {
  if (Spawn.InPlace) {
    Diags.report(Table[Spawn.Where->Index].Begin, Diag::in_place_remark);
    return;
  }
  captures(*Spawn.Where, Spawn.Captures);
  for (const SyncPlan &Sync : Input.Result.Syncs)
    if (waitsFor(Sync, Spawn))
      Diags.report(Table[Sync.Where->Index].Begin, Diag::joined_by);
  if (!Spawn.Owner)
    return;
  Diags.report(Spawn.Owner->In.Node->getEndLoc(), Diag::joined_at_end);
  if (Spawn.Owner->AsRegion)
    Diags.report(Spawn.Owner->AsRegion->First->getBeginLoc(), Diag::runs_in_region);
}

void Remarker::loop(const LoopPlan &Loop) const {
  captures(*Loop.Where, Loop.Captures);
  Diags.report(Loop.Nest.front().Loop->getEndLoc(), Diag::loop_joined);
}

void Remarker::sync(const SyncPlan &Sync) const {
  Diags.report(Table[Sync.Where->Index].Begin, Diag::sync_remark);
  for (const SpawnPlan &Spawn : Input.Result.Spawns)
    if (waitsFor(Sync, Spawn))
      Diags.report(Table[Spawn.Where->Index].Begin, Diag::race_task_here);
}

unsigned remark(const Analysis &Input, const DirectiveTable &Table, const Diagnostics &Diags,
                llvm::function_ref<bool(const Directive &)> Wanted) {
  const Remarker R(Input, Table, Diags);
  unsigned Count = 0;
  const auto IsWanted = [&](const Site *S) {
    const bool Yes = Wanted(Table[S->Index]);
    Count += Yes;
    return Yes;
  };
  for (const SpawnPlan &Spawn : Input.Result.Spawns)
    if (IsWanted(Spawn.Where))
      R.task(Spawn);
  for (const LoopPlan &Loop : Input.Result.Loops)
    if (!Loop.Where->AsTask && IsWanted(Loop.Where))
      R.loop(Loop);
  for (const SyncPlan &Sync : Input.Result.Syncs)
    if (IsWanted(Sync.Where))
      R.sync(Sync);
  return Count;
}

} // namespace weave
