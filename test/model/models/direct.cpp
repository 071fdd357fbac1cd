// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Direct tasks (runtime/protocol/README.md): an offer of which nobody is told, because nobody was there to hear of it.
#include "harness.h"

#include <stdexcept>

namespace weave::model {
namespace {

/// What the tool makes of a spawn, something else, and a sync.
template <class Task, class Meanwhile> void fork_and_join(Task task, Meanwhile meanwhile) {
  detail::region_frame frame;
  auto forked = frame.fork(task);
  meanwhile();
  forked.join();
  frame.sync();
}

/// Runs `program` on a worker that makes direct tasks, since all others are busy. From then on they may finish at any time.
template <class Program> result explore_direct(bounds bounds, unsigned workers, Program program) {
  return explore_program(bounds, workers, [=] {
    atomic<int> released{0};
    detail::frame outer;
    for (unsigned i = 1; i != workers; ++i) {
      outer.spawn([&] { released.wait(0, order::acquire); });
      let_others_finish(); // one of the others takes it
    }
    detail::current->wanted.fetch_add(0, order::relaxed); // no old value
    fork_and_join([] {}, [] {});                          // and nobody takes this
    check(detail::current->wanted.newest() == detail::request::own, "the next task is a direct one");
    released.store(1, order::release);
    released.notify_all();
    program();
    outer.sync();
  });
}

/// A task of which the owner hears nothing before the others can do no more.
void fork_and_leave() {
  atomic<int> ran{0};
  fork_and_join([&ran] { ran.fetch_add(1, order::relaxed); },
                [&ran] {
                  let_others_finish();
                  check(ran.newest() == 1, "no task is on offer while a worker sleeps");
                  check(detail::current->wanted.newest() != 0, "the request of a worker that sleeps stands");
                });
}

TEST(Direct, IsFoundByWhoComesLater) {
  WEAVE_EXPECT_HOLDS(explore_direct({3, 2}, 2, fork_and_leave));
}

TEST(Direct, IsFoundByOneOfTwo) {
  WEAVE_EXPECT_HOLDS(explore_direct({2, 0}, 3, fork_and_leave));
}

// Whoever comes between the two finds nothing, and must not be asleep when there is something again.
TEST(Direct, IsFoundThoughTheOneBeforeWasTakenBack) {
  WEAVE_EXPECT_HOLDS(explore_direct({3, 1}, 2, [] {
    fork_and_join([] {}, [] {});
    fork_and_leave();
  }));
}

TEST(Direct, RunsOnce) {
  WEAVE_EXPECT_HOLDS(explore_direct({2, 2}, 2, [] {
    int runs = 0;
    for (int i = 0; i != 2; ++i)
      fork_and_join([&runs] { ++runs; }, [] {});
    check(runs == 2, "each task ran once");
  }));
}

TEST(Direct, RunsOnceAmongThree) {
  WEAVE_EXPECT_HOLDS(explore_direct({2, 0}, 3, [] {
    int runs = 0;
    fork_and_join([&runs] { ++runs; }, [] {});
    check(runs == 1, "the task ran once");
  }));
}

// In what was taken back the next is made.
TEST(Direct, InOneAnother) {
  WEAVE_EXPECT_HOLDS(explore_direct({2, 1}, 2, [] {
    int outer = 0, inner = 0;
    fork_and_join(
        [&] {
          fork_and_join([&inner] { ++inner; }, [] {});
          ++outer;
        },
        [] {});
    check(outer == 1 && inner == 1, "each task ran once");
  }));
}

TEST(Direct, BesideOtherTasks) {
  WEAVE_EXPECT_HOLDS(explore_direct({2, 0}, 2, [] {
    int direct = 0, other = 0;
    fork_and_join([&direct] { ++direct; },
                  [&other] {
                    detail::frame frame;
                    frame.spawn([&other] { ++other; });
                    frame.sync();
                  });
    check(direct == 1 && other == 1, "each task ran once");
  }));
}

// On a way out without a sync it is the frame that joins it.
TEST(Direct, IsLeftToTheFrame) {
  WEAVE_EXPECT_HOLDS(explore_direct({2, 1}, 2, [] {
    int runs = 0;
    {
      detail::region_frame frame;
      const auto forked = frame.fork([&runs] { ++runs; });
    }
    check(runs == 1, "the task ran once");
    fork_and_join([&runs] { ++runs; }, [] {});
    check(runs == 2, "and the next one too");
  }));
}

TEST(Direct, AnException) {
  WEAVE_EXPECT_HOLDS(explore_direct({2, 1}, 2, [] {
    for (int i = 0; i != 2; ++i) {
      bool caught = false;
      try {
        fork_and_join([] { throw std::runtime_error("thrown"); }, [] {});
      } catch (const std::runtime_error &) {
        caught = true;
      }
      check(caught, "the exception reached the joiner");
    }
  }));
}

} // namespace
} // namespace weave::model
