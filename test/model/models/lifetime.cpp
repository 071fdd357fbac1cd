// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Starting and stopping a runtime, and threads of the program that come and go.
#include "harness.h"

namespace weave::model {
namespace {

TEST(Lifetime, StartAndStop) {
  WEAVE_EXPECT_HOLDS(explore_program({4, 3}, 2, [] {}));
  WEAVE_EXPECT_HOLDS(explore_program({2, 1}, 3, [] {}));
}

// As at the end of a process, in the middle of whatever the helpers do. The runtime stays.
TEST(Lifetime, StopWithoutWaiting) {
  WEAVE_EXPECT_HOLDS(explore({2, 1}, [] {
    auto *started = new detail::runtime(2);
    detail::current = started->enrol();
    detail::frame frame;
    int runs = 0;
    frame.spawn([&] { ++runs; });
    started->stop(detail::runtime::while_busy::abandon);
    frame.sync();
    check(runs == 1, "the task ran once");
  }));
}

/// A thread that comes, has a task run, and goes.
thread join_the_runtime(detail::runtime &all) {
  return enrolled(all, [] {
    int runs = 0;
    {
      detail::frame frame;
      frame.spawn([&] { ++runs; });
    }
    check(runs == 1, "the task ran once");
  });
}

TEST(Lifetime, AThreadComesAndGoes) {
  WEAVE_EXPECT_HOLDS(explore({2, 1}, [] {
    detail::runtime all(2);
    thread guest = join_the_runtime(all);
    guest.join();
  }));
}

TEST(Lifetime, TwoThreadsComeAndGo) {
  WEAVE_EXPECT_HOLDS(explore({2, 0}, [] {
    detail::runtime all(2);
    thread first = join_the_runtime(all), second = join_the_runtime(all);
    first.join();
    second.join();
  }));
}

// As at the end of a process in which another thread goes on: its tasks, and the calls of its futures, run all the same.
TEST(Lifetime, StopWhileAnotherThreadSpawns) {
  WEAVE_EXPECT_HOLDS(explore({2, 0}, [] {
    auto *started = new detail::runtime(2);
    thread guest = join_the_runtime(*started);
    started->stop(detail::runtime::while_busy::abandon);
    guest.join();
  }));
  WEAVE_EXPECT_HOLDS(explore({2, 0}, [] {
    auto *started = new detail::runtime(2);
    thread guest = enrolled(*started, [] { check(spawn([] { return 7; }).get() == 7, "the result of the call"); });
    started->stop(detail::runtime::while_busy::abandon);
    guest.join();
  }));
}

// A thread of the program takes a task while it waits for its own, and the owner then asks it for tasks, though it has
// never met its worker.
TEST(Lifetime, AGuestAsThief) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 2, [] {
    atomic<int> released{0};
    thread guest = enrolled(home(), [&] {
      detail::frame frame;
      frame.spawn([&] { released.wait(0); });
      let_others_finish(); // the helper takes it
    });
    let_others_finish();
    {
      detail::frame frame;
      frame.spawn([] { let_others_finish(); });
      let_others_finish(); // the guest takes it
    }
    released.store(1);
    released.notify_one();
    guest.join();
  }));
}

// The thread came when the task was on offer already, so that its owner knows of the thief's worker by the task alone.
TEST(Lifetime, AThiefThatCameLater) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 2, [] {
    atomic<int> released{0};
    flow_event begin;
    detail::frame frame;
    frame.spawn([&] { released.wait(0, order::acquire); });
    let_others_finish(); // the helper takes it
    frame.spawn([&] {
      let_others_finish();
      begin.trigger();
      released.store(1, order::release);
      released.notify_one();
    });
    thread guest = enrolled(home(), [&] { spawn(depends_on(begin), [] {}).get(); });
    let_others_finish(); // the guest takes the other
    frame.sync();
    guest.join();
  }));
}

// The second thread may get the worker that the first gave back.
TEST(Lifetime, AWorkerIsHandedOn) {
  WEAVE_EXPECT_HOLDS(explore({2, 1}, [] {
    detail::runtime all(1);
    thread first = join_the_runtime(all), second = join_the_runtime(all);
    first.join();
    second.join();
  }));
}

TEST(Lifetime, ASleeperGivesItsMemoryBack) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 2}, 2, [] {
    detail::worker *const helper = home().participant(1);
    home().trim();
    let_others_finish();
    check(detail::inspection::has_trimmed(*helper), "it came by");
  }));
}

// Its next tasks would be direct ones, so that it would never ask.
TEST(Lifetime, AWorkerThatMakesDirectTasksGivesItsMemoryBack) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 1}, 2, [] {
    atomic<int> released{0};
    detail::frame frame;
    frame.spawn([&] { released.wait(0); });
    let_others_finish(); // the helper takes it
    const auto fork_and_join = [] {
      detail::region_frame direct;
      direct.fork([] {}).join();
      direct.sync();
    };
    fork_and_join();
    check(detail::current->wanted.newest() == detail::request::own, "the next task is a direct one");
    thread guest = enrolled(home(), [] { home().trim(); });
    fork_and_join();
    guest.join();
    fork_and_join();
    check(detail::inspection::has_trimmed(static_cast<detail::worker &>(*detail::current)), "it came by");
    released.store(1);
    released.notify_one();
    frame.sync();
  }));
}

// Each place is trimmed by its thread, or by who asks while nobody has it.
TEST(Lifetime, TrimWhileAThreadComesAndGoes) {
  WEAVE_EXPECT_HOLDS(explore({2, 1}, [] {
    detail::runtime all(1);
    thread guest = join_the_runtime(all);
    all.trim();
    guest.join();
    all.trim();
  }));
}

} // namespace
} // namespace weave::model
