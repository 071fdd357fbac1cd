// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Batches: an owner that adds members while thieves close the batch, and thieves that share one.
#include "harness.h"
#include "worker.h"

namespace weave::model {
namespace {

/// Lets the calling thread's next tasks be a single one and then batches of two.
void want_batches() { detail::current->wanted.store(detail::request::for_tasks(protocol::limits::batch), order::seq_cst); }

/// Spawns that many tasks of one spawn, and expects the effects of each when they are joined.
void spawn_and_join(int tasks) {
  int runs[4] = {};
  detail::frame frame;
  for (int i = 0; i != tasks; ++i) {
    want_batches();
    frame.spawn([&runs, i] { ++runs[i]; });
  }
  frame.sync();
  for (int i = 0; i != tasks; ++i)
    check(runs[i] == 1, "each member ran once");
}

TEST(Batches, AThiefClosesWhatTheOwnerAddsTo) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 1}, 2, [] { spawn_and_join(3); }));
}

TEST(Batches, TwoThievesShareOne) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 3, [] { spawn_and_join(3); }));
}

// While a thief is in the first member of a batch, the second is on offer to others.
TEST(Batches, WhatIsNotClaimedIsOnOffer) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 3, [] {
    atomic<int> ran{0};
    detail::frame frame;
    for (int i = 0; i != 3; ++i) {
      if (i == 1)
        let_others_finish(); // so that these are not run in place because the first is still on offer
      want_batches();
      frame.spawn([&ran, i] {
        if (i == 1) // waits for the other member
          ran.wait(0, order::acquire);
        if (i == 2) {
          ran.store(1, order::release);
          ran.notify_one();
        }
      });
    }
    let_others_finish();
    check(ran.newest() == 1, "the second member ran though the first waits for it");
    frame.sync();
  }));
}

// Members throw: the first in serial order wins, and nothing leaks.
TEST(Batches, TheFirstThatThrewWins) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 2, [] {
    int caught = -1;
    try {
      detail::frame frame;
      WEAVE_TRY {
        for (int i = 0; i != 3; ++i) {
          want_batches();
          frame.spawn([i] {
            if (i != 0)
              throw i;
          });
        }
        frame.sync();
      }
      WEAVE_CATCH(frame)
    } catch (int thrown) {
      caught = thrown;
    }
    check(caught == 1, "the first in serial order is caught");
  }));
}

} // namespace
} // namespace weave::model
