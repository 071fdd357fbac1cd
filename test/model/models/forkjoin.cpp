// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Spawn and sync on the real workers: each task runs once, its effects are the joiner's, nobody waits for ever.
#include "harness.h"

#include <stdexcept>

namespace weave::model {
namespace {

void spawn_and_join(int tasks) {
  int runs[4] = {};
  {
    detail::frame frame;
    for (int i = 0; i != tasks; ++i)
      frame.spawn([&runs, i] { ++runs[i]; });
    frame.sync();
  }
  for (int i = 0; i != tasks; ++i)
    check(runs[i] == 1, "each task ran once");
}

TEST(ForkJoin, OneTask) {
  WEAVE_EXPECT_HOLDS(explore_program({3, 2}, 2, [] { spawn_and_join(1); }));
}

TEST(ForkJoin, TwoTasks) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 2}, 2, [] { spawn_and_join(2); }));
}

TEST(ForkJoin, MoreTasksThanOffers) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 1}, 2, [] { spawn_and_join(4); }));
}

TEST(ForkJoin, OneTaskTwoThieves) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 3, [] { spawn_and_join(1); }));
}

TEST(ForkJoin, ThreeTasksTwoThieves) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 3, [] { spawn_and_join(3); }));
}

TEST(ForkJoin, NestedTasks) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 2, [] {
    int runs = 0;
    detail::frame outer;
    outer.spawn([&] {
      int inside = 0;
      detail::frame inner;
      inner.spawn([&] { ++inside; });
      inner.sync();
      runs += inside;
    });
    outer.sync();
    check(runs == 1, "the inner task ran once");
  }));
}

// Enough for the frame to free those that are done before it joins.
TEST(ForkJoin, AFloodOfTasks) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 2, [] {
    constexpr int tasks = 20;
    int runs[tasks] = {};
    detail::frame frame;
    for (int &each : runs) {
      frame.spawn([&each] { ++each; });
      let_others_finish();
    }
    frame.sync();
    for (int each : runs)
      check(each == 1, "each task ran once");
  }));
}

TEST(ForkJoin, AnException) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 1}, 2, [] {
    bool caught = false;
    try {
      detail::frame frame;
      frame.spawn([] { throw std::runtime_error("thrown"); });
      frame.sync();
    } catch (const std::runtime_error &) {
      caught = true;
    }
    check(caught, "the exception reached the joiner");
  }));
}

} // namespace
} // namespace weave::model
