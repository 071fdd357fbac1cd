// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Direct tasks: what the one spawn of a region makes where others are busy, stolen or not.
#include "programs.h"

#include <array>
#include <atomic>
#include <memory>
#include <string>

namespace {

using weave::detail::current;
using weave::detail::region;
using namespace weave::test;

/// What the tool makes of a spawn, something else, and a sync.
template <class Task, class Meanwhile> void fork_and_join(Task task, Meanwhile meanwhile) {
  region([&](auto &tasks) {
    auto forked = tasks.fork(task);
    meanwhile();
    forked.join();
    tasks.sync();
  });
}

long leaves(int levels, bool pushes) {
  if (levels == 0)
    return 1;
  if (pushes)
    want_direct();
  return region([=](auto &tasks) {
    long left = 0;
    auto borrow = tasks.borrow();
    auto task = tasks.fork([&left, levels, pushes] { left = leaves(levels - 1, pushes); });
    const long right = leaves(levels - 1, pushes);
    task.join();
    tasks.sync();
    return left + right;
  });
}

TEST(Direct, GivesTheResultOfTheSerialProgram) {
  EXPECT_EQ(leaves(sanitized ? 12 : 20, false), 1L << (sanitized ? 12 : 20));
  EXPECT_EQ(leaves(sanitized ? 10 : 16, true), 1L << (sanitized ? 10 : 16));
}

// What the others are busy with makes direct tasks too.
TEST(Direct, RunsOnceEach) {
  constexpr int outer = 32;
  const long inner = scaled(20000);
  std::array<long, outer> sums{};
  weave::detail::frame tasks;
  for (long &sum : sums)
    tasks.spawn([&sum, inner] {
      for (long i = 0; i != inner; ++i) {
        long half = 0;
        fork_and_join([&half, i] { half = i; }, [&sum] { ++sum; });
        sum += half;
      }
    });
  tasks.sync();
  for (const long sum : sums)
    EXPECT_EQ(sum, inner * (inner - 1) / 2 + inner);
}

TEST(Direct, R8StartsBesideAnIdleWorker) {
  if (weave::num_workers() < 2)
    GTEST_SKIP() << "nobody is there to take it";
  for (int round = 0; round != 50; ++round) {
    std::atomic<bool> ran{false};
    bool came = false;
    want_direct();
    fork_and_join([&ran] { ran = true; },
                  [&] {
                    if (current->is_direct_free()) // it ran in place, or is a task of the other kind
                      return void(came = true);
                    came = comes_true([&ran] { return ran.load(); });
                  });
    ASSERT_TRUE(came);
    ASSERT_TRUE(ran);
  }
}

TEST(Direct, ThrowsTheFirstInSerialOrder) {
  for (int round = 0; round != scaled(400, 5); ++round) {
    const auto throws = [round](int number, bool really) {
      if (round & 4)
        dawdle(1);
      if (really)
        throw failure{number};
    };
    if (round & 1)
      want_direct();
    ASSERT_EQ(failure_of([&] { fork_and_join([&] { throws(1, true); }, [&] { throws(2, true); }); }), 1);
    if (round & 2)
      want_direct();
    ASSERT_EQ(failure_of([&] { fork_and_join([&] { throws(1, false); }, [&] { throws(2, true); }); }), 2);
    want_direct();
    ASSERT_EQ(failure_of([&] { fork_and_join([&] { throws(1, true); }, [&] { throws(2, false); }); }), 1);
    want_direct();
    ASSERT_EQ(failure_of([&] { fork_and_join([&] { throws(1, false); }, [&] { throws(2, false); }); }), -1);
  }
}

// What it throws comes behind what older tasks of functions around throw, whether it is stolen, taken back or left to its frame.
TEST(Direct, ThrowsBehindOlderTasks) {
  for (int round = 0; round != scaled(200, 5); ++round)
    for (const bool leaves : {false, true}) {
      const auto program = [&] {
        weave::detail::frame outer;
        WEAVE_TRY {
          want_task();
          outer.spawn([] {
            dawdle(1);
            throw failure{1};
          });
          want_direct();
          region([&](auto &tasks) {
            auto task = tasks.fork([] { throw failure{2}; });
            if (!leaves)
              task.join();
            tasks.sync();
          });
        }
        WEAVE_CATCH(outer)
      };
      ASSERT_EQ(failure_of(program), 1);
    }
}

// And in front of what detached tasks throw that were made later.
TEST(Direct, ThrowsInFrontOfYoungerTasks) {
  for (int round = 0; round != scaled(200, 5); ++round) {
    const auto program = [&] {
      weave::sync_scope all;
      WEAVE_TRY {
        want_direct();
        fork_and_join([] { throw failure{1}; },
                      [] {
                        want_task();
                        weave::detail::detached().spawn([] { throw failure{2}; });
                      });
      }
      WEAVE_CATCH(all)
    };
    ASSERT_EQ(failure_of(program), 1);
  }
}

// It ends before what it borrows does, and what it throws precedes what comes after the spawn.
TEST(Direct, IsJoinedOnAWayOutWithoutASync) {
  for (int round = 0; round != scaled(400, 5); ++round) {
    std::atomic<int> late{0};
    const auto program = [&](bool fails, bool leaves) {
      want_direct();
      region([&](auto &tasks) {
        struct local {
          std::atomic<int> &late;
          std::atomic<int> seen{0};
          ~local() { late += seen; }
        } borrowed{late};
        auto borrow = tasks.borrow();
        auto task = tasks.fork([&borrowed, fails, round] {
          if (round & 1)
            dawdle(1);
          ++borrowed.seen;
          if (fails)
            throw failure{1};
        });
        if (leaves)
          throw failure{2};
      });
    };
    ASSERT_EQ(failure_of([&] { program(false, false); }), -1);
    ASSERT_EQ(failure_of([&] { program(true, false); }), 1);
    ASSERT_EQ(failure_of([&] { program(false, true); }), 2);
    ASSERT_EQ(failure_of([&] { program(true, true); }), 1);
    ASSERT_EQ(late, 4);
  }
}

TEST(Direct, TakesClosuresOfAnyKind) {
  for (int round = 0; round != 20; ++round) {
    const std::array<long, 50> large{1, 2, 3};
    const std::string name(100, 'x');
    auto owned = std::make_unique<long>(7);
    long sum = 0;
    want_direct();
    fork_and_join([large, &sum] { sum += large[2]; }, [] {});
    want_direct();
    fork_and_join([name, &sum] { sum += static_cast<long>(name.size()); }, [] {});
    want_direct();
    region([&](auto &tasks) {
      auto task = tasks.fork([owned = std::move(owned), &sum] { sum += *owned; });
      task.join();
      tasks.sync();
    });
    ASSERT_EQ(sum, 110);
  }
}

// The worker that made it is not the thread's at the join.
TEST(Direct, IsJoinedInsideAnotherRuntime) {
  for (int round = 0; round != 20; ++round) {
    int runs = 0;
    want_direct();
    region([&](auto &tasks) {
      auto task = tasks.fork([&runs] { ++runs; });
      weave::runtime other({2});
      EXPECT_EQ(fib(12), 144);
      task.join();
      tasks.sync();
    });
    ASSERT_EQ(runs, 1);
  }
}

// A worker that waits for a call runs its own direct task, or leaves it to a thief.
TEST(Direct, BesideFutures) {
  for (int round = 0; round != scaled(200, 5); ++round) {
    std::atomic<bool> direct_ran{false};
    long got = 0;
    want_direct();
    fork_and_join([&direct_ran] { direct_ran = true; },
                  [&] {
                    want_task();
                    auto call = weave::spawn([] {
                      dawdle(1);
                      return fib(10);
                    });
                    got = call.get();
                  });
    ASSERT_TRUE(direct_ran);
    ASSERT_EQ(got, 55);
  }
}

} // namespace
