// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Sections 1 to 3 of runtime/protocol/README.md: what is on offer is taken by whoever has nothing to do, and the
// request of an idle thief stands.
//
// The owner would not notice that they fail, since in the end it runs the task itself. So here it stays away from the
// runtime until the others can do no more.
#include "harness.h"

namespace weave::model {
namespace {

/// Spawns tasks while others may look for work, and expects them to be taken while the owner does something else.
void spawn_and_leave(int tasks) {
  atomic<int> ran{0};
  detail::frame frame;
  for (int i = 0; i != tasks; ++i)
    frame.spawn([&ran] { ran.fetch_add(1, order::relaxed); });
  let_others_finish();
  check(ran.newest() == tasks, "no task is on offer while a worker sleeps");
  check(detail::current->wanted.newest() != 0, "the request of a worker that sleeps stands");
  frame.sync();
}

TEST(Progress, ATask) {
  WEAVE_EXPECT_HOLDS(explore_program({3, 1}, 2, [] { spawn_and_leave(1); }));
}

// The second is taken while the owner lowers `wanted`: a thief finds it by the mark of the first.
TEST(Progress, TwoTasks) {
  WEAVE_EXPECT_HOLDS(explore_program({3, 1}, 2, [] { spawn_and_leave(2); }));
}

TEST(Progress, ATaskAndTwoThieves) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 3, [] { spawn_and_leave(1); }));
}

TEST(Progress, TwoTasksAndTwoThieves) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 3, [] { spawn_and_leave(2); }));
}

// One rested and slept already.
TEST(Progress, ATaskAfterASleep) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 1}, 2, [] {
    let_others_finish();
    spawn_and_leave(1);
  }));
}

// Its worker is made while the helper looks for work.
TEST(Progress, ATaskOfAThreadThatCameLater) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 1}, 2, [] {
    thread guest = enrolled(home(), [] { spawn_and_leave(1); });
    guest.join();
  }));
}

// The thief is busy for long, and the next one should find a task on offer.
TEST(Progress, WhoTakesATaskAsksForAnother) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 1}, 2, [] {
    atomic<int> released{0};
    detail::frame frame;
    frame.spawn([&] { released.wait(0, order::acquire); });
    let_others_finish();
    check(detail::current->wanted.newest() != 0, "the request of a worker that took a task stands");
    released.store(1, order::release);
    released.notify_one();
    frame.sync();
  }));
}

// It finds the second by the mark of the first, perhaps while the owner lowers `wanted` from what the first had left there.
TEST(Progress, WhoTakesTwoTasksAsksForAThird) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 1}, 2, [] {
    atomic<int> first{0}, second{0};
    detail::frame frame;
    frame.spawn([&] {
      first.wait(0, order::acquire);
      threads->pass(std::chrono::nanoseconds(protocol::limits::batch_time)); // so that the thief asks for one more, not for two
    });
    let_others_finish();
    first.store(1, order::release);
    first.notify_one();
    frame.spawn([&, owner = detail::current] {
      if (detail::current != owner) // or it would run in place, as it may
        second.wait(0, order::acquire);
    });
    let_others_finish();
    check(detail::current->wanted.newest() != 0, "the request of a worker that took a task stands");
    second.store(1, order::release);
    second.notify_one();
    frame.sync();
  }));
}

// A thief offers a task. It wakes the first thread, which sleeps until another task is done, and at that moment it is.
TEST(Progress, AWakeUpIsPassedOn) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 3, [] {
    atomic<int> begin{0}, ended{0};
    detail::frame outer;
    outer.spawn([&] {
      begin.wait(0);
      spawn_and_leave(1);
      ended.store(1);
      ended.notify_one();
    });
    let_others_finish();
    {
      detail::frame inner;
      inner.spawn([&] {
        let_others_finish(); // so the first thread sleeps
        begin.store(1);
        begin.notify_one();
      });
      let_others_finish();
    }
    ended.wait(0);
    outer.sync();
  }));
}

} // namespace
} // namespace weave::model
