// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Direct tasks (runtime/protocol/README.md): an offer of which nobody is told, because nobody was there to hear of it.
#include "harness.h"

#include <stdexcept>
#include <utility>

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

/// Runs `program(release)` on a worker that makes direct tasks, since all others are busy until `release` is called.
template <class Program> result explore_busy(bounds bounds, unsigned workers, Program program) {
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
    program([&released] {
      released.store(1, order::release);
      released.notify_all();
    });
    outer.sync();
  });
}

/// The same, where they are released at once: they may finish at any time.
template <class Program> result explore_direct(bounds bounds, unsigned workers, Program program) {
  return explore_busy(bounds, workers, [=](auto release) {
    release();
    program();
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

TEST(Direct, IsFoundByWhoComesLater) { WEAVE_EXPECT_HOLDS(explore_direct({3, 2}, 2, fork_and_leave)); }

TEST(Direct, IsFoundByOneOfTwo) { WEAVE_EXPECT_HOLDS(explore_direct({2, 0}, 3, fork_and_leave)); }

// Whoever comes between the two finds nothing, and must not be asleep when there is something again.
void fork_twice() {
  fork_and_join([] {}, [] {});
  fork_and_leave();
}

TEST(Direct, IsFoundThoughTheOneBeforeWasTakenBack) { WEAVE_EXPECT_HOLDS(explore_direct({3, 1}, 2, fork_twice)); }

// A thief clears no mark, and so looks a second time only behind a heavy fence.
TEST(Direct, IsFoundByOneOfFew) {
  const unsigned before = std::exchange(protocol::limits::few, 2);
  WEAVE_EXPECT_HOLDS(explore_direct({4, 0}, 2, fork_twice));
  protocol::limits::few = before;
}

// It slept, was woken for the task before, came too late, and may sleep again.
TEST(Direct, IsFoundByWhoWasThereInVain) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 2, [] {
    let_others_finish();
    fork_and_join([] {}, [] {});
    fork_and_leave();
  }));
}

/// Both sides alone: the owner restores the bias and makes an offer, while a thread falls asleep.
/// @param looks  whether that thread looks for work before, too, when nobody knows yet that it will sleep
result explore_sleeper(bounds bounds, bool looks) {
  return explore_busy(bounds, 2, [looks](auto release) {
    auto &owner = static_cast<detail::worker &>(*detail::current);
    owner.direct.give_up();
    owner.wanted.store(detail::request::none, order::relaxed);
    detail::sleepers &sleepers = home().sleepers();
    unsigned sleeper = 0;
    bool found = false;
    thread guest = enrolled(home(), [&] {
      auto &mine = static_cast<detail::worker &>(*detail::current);
      sleeper = mine.index();
      found = looks && detail::inspection::finds(mine);
      sleepers.begin_search(sleeper);
      sleepers.enter(sleeper);
      found = found || detail::inspection::finds(mine) ||
              (detail::inspection::must_fence(mine) && heavy_fence() && detail::inspection::finds(mine));
    });
    owner.want_again();
    const bool offers = owner.wanted.newest() == detail::request::own;
    if (offers)
      detail::offer_direct(owner, [] {});
    guest.join();
    const bool sleeps = sleepers.leave(sleeper);
    check(found || !offers || !sleeps, "no task is on offer while a worker sleeps");
    if (offers)
      owner.take_back_direct();
    release();
  });
}

TEST(Direct, IsFoundOrWakesWhoSleeps) { WEAVE_EXPECT_HOLDS(explore_sleeper({2, 2}, false)); }

// Whoever looks in vain takes the owner's mark away.
TEST(Direct, IsFoundThoughItsMarkWasCleared) { WEAVE_EXPECT_HOLDS(explore_sleeper({3, 1}, true)); }

// Both sides alone: the owner restores the bias, while somebody asks for a trim.
TEST(Direct, HearsOfATrim) {
  WEAVE_EXPECT_HOLDS(explore_busy({2, 1}, 2, [](auto release) {
    auto &owner = static_cast<detail::worker &>(*detail::current);
    owner.direct.give_up();
    owner.wanted.store(detail::request::none, order::relaxed);
    thread other([&in = home()] { in.trim(); });
    owner.want_again();
    const bool offers = owner.wanted.newest() == detail::request::own;
    other.join();
    if (offers) {
      detail::offer_direct(owner, [] {});
      check(detail::inspection::has_trimmed(owner), "who makes direct tasks hears of a trim");
      owner.take_back_direct();
    }
    release();
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

// While a thief runs what is in the record, that cannot hold another.
TEST(Direct, WhileOneIsTaken) {
  WEAVE_EXPECT_HOLDS(explore_direct({2, 0}, 2, [] {
    int taken = 0, others = 0;
    atomic<int> ended{0};
    fork_and_join(
        [&, owner = detail::current] {
          if (detail::current != owner)
            ended.wait(0, order::acquire);
          ++taken;
        },
        [&] {
          let_others_finish(); // a thief has taken it
          for (int i = 0; i != 2; ++i)
            fork_and_join([&others] { ++others; }, [] {});
          ended.store(1, order::release);
          ended.notify_one();
        });
    check(taken == 1 && others == 2, "each task ran once");
  }));
}

// Another spawn lowers the request, while a thief claims the task.
TEST(Direct, IsClaimedAtAnotherSpawn) {
  WEAVE_EXPECT_HOLDS(explore_direct({2, 1}, 2, [] {
    atomic<int> ran{0};
    fork_and_join([&ran] { ran.fetch_add(1, order::relaxed); },
                  [&ran] {
                    detail::current->wanted.store(detail::request::for_tasks(1), order::relaxed);
                    detail::worker_for_task();
                    let_others_finish();
                    check(ran.newest() == 1, "no task is on offer while a worker sleeps");
                    check(detail::current->wanted.newest() != detail::request::none,
                          "the request of a worker that sleeps stands");
                  });
  }));
}

// Another spawn answers a thief that looked, and lowers the request.
TEST(Direct, IsSharedAtAnotherSpawn) {
  const std::int64_t before = std::exchange(protocol::limits::answer, 1);
  WEAVE_EXPECT_HOLDS(explore_direct({3, 1}, 2, [] {
    atomic<int> ran{0};
    fork_and_join(
        [&ran] {
          ran.store(1, order::relaxed);
          ran.notify_one();
        },
        [&ran] {
          detail::current->wanted.store(detail::request::for_tasks(1), order::relaxed);
          const bool looked = !detail::current->direct.is_biased();
          detail::worker_for_task();
          if (!looked) // then nobody answers who looks from now on
            return;
          ran.wait(0, order::relaxed);
          let_others_finish();
          check(detail::current->wanted.newest() != detail::request::none,
                "the request of a worker that sleeps stands");
        });
  }));
  protocol::limits::answer = before;
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
