// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Where futures are in use, a worker that waits inside a task may not take what others made. A stand-in takes it.
#include "harness.h"

namespace weave::model {
namespace {

/// The helper waits inside a task for a call that nobody can begin yet. Nobody but a stand-in can take what begins it.
void block_the_helper() {
  flow_event begin;
  auto delayed = spawn(depends_on(begin), [] { return 3; });
  auto waits = spawn([&delayed] { return delayed.get() + 4; });
  let_others_finish(); // so the helper took it
  atomic<bool> triggered{false};
  auto triggers = spawn([&] {
    begin.trigger();
    triggered.store(true, order::relaxed);
  });
  let_others_finish();
  check(triggered.newest(), "a stand-in takes what nobody else may take");
  check(waits.get() == 7, "the result of the call");
}

TEST(StandIns, TakeWhatNobodyElseMay) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 2, block_the_helper));
}

// The second time the stand-in is there, and sleeps.
TEST(StandIns, AreWokenAgain) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 2, [] {
    block_the_helper();
    block_the_helper();
  }));
}

void be_blocked(detail::runtime &in) {
  in.block();
  in.unblock();
}

// One starts the stand-in, and the other wakes it or counts on the first.
TEST(StandIns, TwoThreadsAreBlocked) {
  WEAVE_EXPECT_HOLDS(explore({2, 1}, [] {
    detail::runtime all(1);
    thread guest([&all] { be_blocked(all); });
    be_blocked(all);
    guest.join();
  }));
}

// As at the end of a process in which another thread goes on. The runtime stays.
TEST(StandIns, AreStartedWhileTheRuntimeStops) {
  WEAVE_EXPECT_HOLDS(explore({2, 1}, [] {
    auto *all = new detail::runtime(1);
    thread guest([all] { be_blocked(*all); });
    all->stop(detail::runtime::while_busy::abandon);
    guest.join();
    all->stop(detail::runtime::while_busy::abandon); // what was started behind the first
  }));
}

} // namespace
} // namespace weave::model
