// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tasks that depend on each other: each runs once, after all that it depends on and with what they wrote.
#include "harness.h"

namespace weave::model {
namespace {

using detail::commutative, detail::in, detail::inout, detail::out;

TEST(Graph, AChain) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 1}, 2, [] {
    int x = 0;
    detail::graph_frame frame;
    frame.spawn_after({out(x)}, [&] { x = 1; });
    frame.spawn_after({inout(x)}, [&] { x = x * 10 + 2; });
    frame.sync();
    check(x == 12, "in the order of the program");
  }));
}

TEST(Graph, ALongerChain) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 2, [] {
    int x = 0;
    detail::graph_frame frame;
    for (int digit = 1; digit != 4; ++digit)
      frame.spawn_after({inout(x)}, [&x, digit] { x = x * 10 + digit; });
    frame.sync();
    check(x == 123, "in the order of the program");
  }));
}

TEST(Graph, ADiamond) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 2, [] {
    int x = 0, left = 0, right = 0, sum = 0;
    detail::graph_frame frame;
    frame.spawn_after({out(x)}, [&] { x = 1; });
    frame.spawn_after({in(x), out(left)}, [&] { left = x + 1; });
    frame.spawn_after({in(x), out(right)}, [&] { right = x + 2; });
    frame.spawn_after({in(left), in(right), out(sum)}, [&] { sum = left + right; });
    frame.sync();
    check(sum == 5, "after both");
  }));
}

TEST(Graph, TwoPredecessorsAndTwoThieves) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 3, [] {
    int left = 0, right = 0, sum = 0;
    detail::graph_frame frame;
    frame.spawn_after({out(left)}, [&] { left = 1; });
    frame.spawn_after({out(right)}, [&] { right = 2; });
    frame.spawn_after({in(left), in(right), out(sum)}, [&] { sum = left + right; });
    frame.sync();
    check(sum == 3, "after both");
  }));
}

TEST(Graph, AReadyTaskIsTakenWhileItsOwnerIsAway) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 2, [] {
    atomic<int> ran{0};
    int x = 0;
    detail::graph_frame frame;
    for (int i = 0; i != 2; ++i)
      frame.spawn_after({inout(x)}, [&] { ++x, ran.fetch_add(1, order::relaxed); });
    let_others_finish();
    check(ran.newest() == 2, "no task is on offer while a worker sleeps");
    frame.sync();
  }));
}

TEST(Graph, CommutativeTasksTakeTurns) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 1}, 2, [] {
    int x = 0;
    detail::graph_frame frame;
    frame.spawn_after({commutative(x)}, [&] { x = x + 1; });
    frame.spawn_after({commutative(x)}, [&] { x = x + 2; });
    frame.sync();
    check(x == 3, "one at a time");
  }));
}

TEST(Graph, ATurnIsPassedOn) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 3, [] {
    int x = 0;
    detail::graph_frame frame;
    for (int i = 0; i != 3; ++i)
      frame.spawn_after({commutative(x)}, [&] { x = x + 1; });
    frame.sync();
    check(x == 3, "one at a time");
  }));
}

TEST(Graph, TurnsAreTakenInOneOrder) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 2, [] {
    int x = 0, y = 0, begun = 0;
    detail::graph_frame frame;
    frame.spawn_after({out(begun)}, [&] { begun = 1; });
    frame.spawn_after({in(begun), commutative(x), commutative(y)}, [&] { x = x + begun, y = y + begun; });
    frame.spawn_after({commutative(y), commutative(x)}, [&] { y = y + 1, x = x + 1; });
    frame.sync();
    check(x == 2 && y == 2, "one at a time");
  }));
}

TEST(Graph, MoreTasksThanItHolds) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 2, [] {
    int x = 0;
    detail::graph_frame frame;
    for (std::size_t i = 0; i != protocol::limits::graph_tasks + 2; ++i)
      frame.spawn_after({inout(x)}, [&x] { ++x; });
    frame.sync();
    check(x == protocol::limits::graph_tasks + 2, "each ran once");
  }));
}

} // namespace
} // namespace weave::model
