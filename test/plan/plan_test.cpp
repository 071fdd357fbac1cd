// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Faults planted in plans: each must be found by its name.
#include "analysis/PlanChecks.h"

#include <gtest/gtest.h>
#include <map>
#include <string>

namespace {

using namespace weave;
using clang::Stmt;

/// A function with a block that spawns, and a plan for it.
class PlanChecksTest : public testing::Test {
protected:
  PlanChecksTest() {
    Spawning.Statement = Spawning.Attached.Subject = at(4, 5);
    Spawning.In = &Whole;
    Spawning.Inner = &Task;
    Waiting.Statement = Waiting.Attached.Subject = at(7, 8);
    Waiting.In = &Whole;
    Frame &F = Made.Frames.emplace_back(Frame{0,
                                              &In,
                                              {Block::Form::Compound, Block},
                                              Frame::Place::BeforeStatement,
                                              Spawning.Statement,
                                              /*Guarded=*/true,
                                              {4, 9}});
    Made.Spawns.push_back({&Spawning, &F, {}});
    Made.Syncs.push_back({&Waiting, {&F}});
  }

  /// A statement that was entered and left at these moments of the walk. Nobody looks into it.
  Stmt *at(unsigned Begin, unsigned End) {
    Stmt *Fresh = reinterpret_cast<Stmt *>(64 * (Spans.size() + 1));
    Spans[Fresh] = {Begin, End};
    return Fresh;
  }
  std::string broken() const {
    const char *Claim = brokenInvariant(Made, [this](const Stmt *S) { return Spans.at(S); });
    return Claim ? Claim : "";
  }

  std::map<const Stmt *, Span> Spans;
  Function In{nullptr, false};
  Stmt *Block = at(1, 10);
  Activation Whole{ActivationKind::Function, Block, &In, nullptr}, Task{ActivationKind::Task, Block, &In, &Whole};
  Site Spawning{}, Waiting{};
  Plan Made;
};

TEST_F(PlanChecksTest, HoldOfAPlanAsTheToolMakesIt) { EXPECT_EQ(broken(), ""); }

TEST_F(PlanChecksTest, AnchorOutsideItsBlock) {
  Made.Frames.front().Anchor = at(11, 12);
  EXPECT_EQ(broken(), "the anchor of a frame stands in its block");
}

TEST_F(PlanChecksTest, FrameThatOutlivesItsBlock) {
  Made.Frames.front().Scope.End = 12;
  EXPECT_EQ(broken(), "a frame ends with its block");
}

TEST_F(PlanChecksTest, SpawnBehindTheEndOfItsFrame) {
  Made.Frames.front().Scope = {6, 9};
  EXPECT_EQ(broken(), "a task is spawned while its frame lives");
}

TEST_F(PlanChecksTest, FrameOfWhatRunsInPlace) {
  Made.Spawns.front().InPlace = true;
  EXPECT_EQ(broken(), "what runs in place has no frame");
}

TEST_F(PlanChecksTest, SyncInFrontOfItsFrame) {
  Waiting.Statement = at(2, 3);
  EXPECT_EQ(broken(), "a sync waits for frames that live");
}

TEST_F(PlanChecksTest, FramesInTheWrongOrder) {
  Frame &Inner = Made.Frames.emplace_back(Made.Frames.front());
  Inner.Scope = {6, 9};
  Made.Syncs.front().Frames.push_back(&Inner);
  EXPECT_EQ(broken(), "a sync waits for the inner frames first");
}

TEST_F(PlanChecksTest, VariableCapturedTwice) {
  const auto *Variable = reinterpret_cast<const clang::ValueDecl *>(Block);
  for (const CaptureMode Mode : {CaptureMode::Copy, CaptureMode::Reference})
    Made.Spawns.front().Captures.push_back({Mode, Variable, false, false, {}});
  EXPECT_EQ(broken(), "a variable is captured once");
}

TEST_F(PlanChecksTest, LoopWithoutBounds) {
  Site Loop = Spawning;
  Activation Pieces{ActivationKind::Loop, Block, &In, &Whole};
  Loop.Inner = &Pieces;
  Made.Loops.push_back({&Loop, {LoopForm{at(4, 8), at(6, 7)}}, {}, {}});
  EXPECT_EQ(broken(), "a loop runs over a range or between bounds");
}

} // namespace
