// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/PlanChecks.h"

#define REQUIRE(CONDITION, CLAIM)                                                                                      \
  if (!(CONDITION))                                                                                                    \
  return CLAIM

using namespace clang;

namespace weave {

namespace {

using Claim = const char *;

class PlanChecks {
public:
  PlanChecks(const Plan &P, llvm::function_ref<Span(const Stmt *)> SpanOf) : P(P), SpanOf(SpanOf) {}

  Claim run() const {
    if (const Claim Broken = ofEach(P.Frames, &PlanChecks::ofFrame))
      return Broken;
    if (const Claim Broken = ofEach(P.Spawns, &PlanChecks::ofSpawn))
      return Broken;
    if (const Claim Broken = ofEach(P.Syncs, &PlanChecks::ofSync))
      return Broken;
    if (const Claim Broken = ofEach(P.TryEntries, &PlanChecks::ofTryEntry))
      return Broken;
    if (const Claim Broken = ofEach(P.Loops, &PlanChecks::ofLoop))
      return Broken;
    REQUIRE(llvm::all_of(P.Scopes, [](const Site *S) { return S && S->Attached.Subject; }), "a sync_scope has a block");
    return nullptr;
  }

private:
  template <class T> Claim ofEach(const std::deque<T> &All, Claim (PlanChecks::*Check)(const T &) const) const {
    for (const T &Each : All)
      if (const Claim Broken = (this->*Check)(Each))
        return Broken;
    return nullptr;
  }

  bool isAround(const Frame *F, const Stmt *S) const { return F && F->Scope.contains(SpanOf(S).Begin); }
  bool areAround(llvm::ArrayRef<const Frame *> Frames, const Stmt *S) const {
    return llvm::all_of(Frames, [&](const Frame *F) { return isAround(F, S); });
  }
  static bool areInnermostFirst(llvm::ArrayRef<const Frame *> Frames) {
    return llvm::is_sorted(Frames, [](const Frame *A, const Frame *B) { return A->Scope.Begin > B->Scope.Begin; });
  }

  Claim ofFrame(const Frame &F) const {
    REQUIRE(F.Within, "a frame is of a function");
    REQUIRE(F.In.Node && F.Anchor, "a frame has a block and an anchor");
    REQUIRE(SpanOf(F.In.Node).contains(SpanOf(F.Anchor)), "the anchor of a frame stands in its block");
    REQUIRE(SpanOf(F.In.Node).contains(F.Scope), "a frame ends with its block");
    REQUIRE(F.At == Frame::Place::BeforeStatement || !F.Guarded, "a frame that a jump enters is not guarded");
    REQUIRE(!llvm::is_contained(F.Awaiters, nullptr), "a frame knows the syncs that wait for it");
    if (F.Outer) {
      REQUIRE(F.Outer != &F && F.Outer->Scope.contains(F.Scope.Begin), "a frame is nested in the one around it");
      REQUIRE(F.Outer->Within == F.Within, "frames are nested inside one function");
      REQUIRE(F.Outer->Graph == F.Graph, "a frame of a graph is nested in one of the graph");
    }
    return F.AsRegion ? ofRegion(F, *F.AsRegion) : nullptr;
  }

  Claim ofRegion(const Frame &F, const Region &R) const {
    REQUIRE(F.In.As == Block::Form::Compound, "a region is the rest of a block with braces");
    REQUIRE(F.At == Frame::Place::BeforeStatement, "a region begins in front of a statement");
    REQUIRE(!F.Graph, "a region is no graph");
    REQUIRE(R.First && R.Spawning, "a region begins, and spawns");
    REQUIRE(SpanOf(F.In.Node).contains(SpanOf(R.First)), "a region begins in its block");
    REQUIRE(SpanOf(R.First).Begin <= SpanOf(R.Spawning).Begin, "a region spawns behind its begin");
    return ofCaptures(R.Captures);
  }

  Claim ofCaptures(llvm::ArrayRef<Capture> Captures) const {
    llvm::SmallPtrSet<const ValueDecl *, 8> Seen;
    for (const Capture &C : Captures) {
      REQUIRE((C.Mode == CaptureMode::This) == !C.Variable, "what is captured is a variable or this");
      REQUIRE(Seen.insert(C.Variable).second, "a variable is captured once");
    }
    return nullptr;
  }

  Claim ofSpawn(const SpawnPlan &S) const {
    REQUIRE(S.Where && S.Where->Attached.Subject, "a spawn has a statement");
    REQUIRE(S.Where->makesTask(), "what spawns makes a task");
    REQUIRE(!S.InPlace || !S.Owner, "what runs in place has no frame");
    if (S.Owner) {
      REQUIRE(isAround(S.Owner, S.Where->Statement), "a task is spawned while its frame lives");
      REQUIRE(S.Owner->Within == S.Where->In->In, "a task and its frame are of one function");
    }
    REQUIRE(llvm::all_of(S.Borrowed, [](const BorrowedObject &B) { return B.Object && B.By; }),
            "what is borrowed is an object, by a variable");
    return ofCaptures(S.Captures);
  }

  Claim ofSync(const SyncPlan &S) const {
    REQUIRE(S.Where, "a sync has a place");
    REQUIRE(areAround(S.Frames, S.Where->Statement), "a sync waits for frames that live");
    REQUIRE(areInnermostFirst(S.Frames), "a sync waits for the inner frames first");
    REQUIRE(areAround(S.Bound, S.Where->Statement), "a sync of a handle waits for frames that live");
    REQUIRE(S.Bound.empty() || !S.Handles.empty(), "who waits for bound tasks names a handle");
    return nullptr;
  }

  Claim ofTryEntry(const TryEntry &E) const {
    REQUIRE(E.Sync && E.Try, "tasks are awaited in front of a try block for a sync");
    REQUIRE(SpanOf(E.Try).contains(SpanOf(E.Sync->Statement)), "the sync stands in the try block");
    REQUIRE(!E.Frames.empty(), "there are tasks to wait for in front of a try block");
    REQUIRE(areAround(E.Frames, E.Try), "what is awaited in front of a try block was spawned outside");
    return nullptr;
  }

  Claim ofLoop(const LoopPlan &L) const {
    REQUIRE(L.Where && L.Where->makesLoop(), "a loop is one");
    REQUIRE(!L.Nest.empty(), "a loop has a header");
    const LoopForm *Outer = nullptr;
    for (const LoopForm &Form : L.Nest) {
      REQUIRE(Form.Loop && Form.Body, "a loop has a body");
      REQUIRE(SpanOf(Form.Loop).contains(SpanOf(Form.Body)), "the body of a loop stands in it");
      REQUIRE(!Outer || SpanOf(Outer->Body).contains(SpanOf(Form.Loop)), "loops that are one space are nested");
      REQUIRE(Form.Range ? !Form.First && !Form.Last : Form.First && Form.Last,
              "a loop runs over a range or between bounds");
      REQUIRE(!Form.Wraps || Form.Condition, "a loop that wraps around has a condition");
      Outer = &Form;
    }
    REQUIRE(llvm::all_of(L.Reduced, [](const ReducedVariable &R) { return R.Said && !R.Name.empty(); }),
            "what is reduced has a name");
    return ofCaptures(L.Captures);
  }

  const Plan &P;
  llvm::function_ref<Span(const Stmt *)> SpanOf;
};

} // namespace

const char *brokenInvariant(const Plan &P, llvm::function_ref<Span(const Stmt *)> SpanOf) {
  return PlanChecks(P, SpanOf).run();
}

} // namespace weave
