// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Detached tasks, and what waits for them: sync_scope, sync_root, the end of a runtime and of the process.
#include "support.h"

#include <array>
#include <atomic>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using weave::depends_on;
using weave::flow_event;
using weave::spawn_detached;
using weave::sync_root;
using weave::sync_scope;
using weave::detail::detached;
using weave::detail::frame;
using namespace weave::test;
using testing::ExitedWithCode;

/// Detached, and a task if somebody can take it.
template <class F> void detach(F f) {
  want_task();
  detached().spawn(f);
}

// A tree of tasks of both kinds, most of which outlive those that made them.
void grow(int depth, std::atomic<int> &leaves) {
  if (depth == 0) {
    ++leaves;
    return;
  }
  frame tasks;
  detach([=, &leaves] { grow(depth - 1, leaves); });
  want_task();
  tasks.spawn([=, &leaves] { grow(depth - 1, leaves); });
}

TEST(Scopes, WaitForAllDescendants) {
  for (int round = 0; round != scaled(200, 10); ++round) {
    std::atomic<int> leaves{0};
    {
      sync_scope all;
      grow(8, leaves);
    }
    ASSERT_EQ(leaves, 256);
  }
}

TEST(Scopes, AreNested) {
  for (int round = 0; round != scaled(200, 10); ++round) {
    std::atomic<int> leaves{0};
    sync_scope outer;
    for (int i = 0; i != 4; ++i)
      detach([&leaves] {
        std::atomic<int> own{0};
        {
          sync_scope inner;
          grow(4, own);
        }
        if (own == 16)
          ++leaves;
      });
    sync_root();
    ASSERT_EQ(leaves, 4);
  }
}

TEST(Scopes, DoNotWaitForWhatIsOutside) {
  if (weave::num_workers() < 3)
    GTEST_SKIP() << "needs somebody who waits";
  std::atomic<bool> started{false}, released{false};
  {
    sync_scope outer;
    detach([&] {
      started = true;
      comes_true([&] { return released.load(); });
    });
    if (!comes_true([&] { return started.load(); }))
      return;
    {
      std::atomic<int> leaves{0};
      {
        sync_scope inner;
        grow(5, leaves);
      }
      EXPECT_EQ(leaves, 32);
    }
    released = true;
  }
}

TEST(Scopes, WaitForFuturesThatAreKeptOutside) {
  for (int round = 0; round != scaled(200, 10); ++round) {
    std::vector<weave::future<int>> kept(4);
    {
      sync_scope all;
      for (auto &each : kept) {
        want_task();
        each = weave::spawn([round] {
          dawdle();
          return round;
        });
      }
    }
    for (auto &each : kept) {
      ASSERT_TRUE(each.is_ready());
      ASSERT_EQ(each.get(), round);
    }
  }
}

TEST(Scopes, R6WaitForDelayedCalls) {
  for (int round = 0; round != scaled(200, 10); ++round) {
    int x = 0;
    flow_event first, second;
    {
      sync_scope all;
      spawn_detached(depends_on(second), [&x] { x += 10; });
      spawn_detached(depends_on(first), [&] {
        x = round;
        second.trigger();
      });
      detach([&first] {
        dawdle();
        first.trigger();
      });
    }
    ASSERT_EQ(x, round + 10);
  }
}

TEST(Scopes, R6TheRootWaitsForDelayedCalls) {
  for (int round = 0; round != scaled(200, 10); ++round) {
    int x = 0, y = 0;
    flow_event begin;
    auto held = weave::spawn(depends_on(begin), [&y] { y = 1; });
    spawn_detached(depends_on(begin), [&x] { x = 1; });
    std::thread trigger([&begin] {
      dawdle(20);
      begin.trigger();
    });
    sync_root();
    ASSERT_TRUE(held.is_ready());
    ASSERT_EQ(x + y, 2);
    trigger.join();
  }
}

TEST(Scopes, TheRootWaitsForDetachedTasks) {
  for (int round = 0; round != scaled(200, 10); ++round) {
    std::atomic<int> leaves{0};
    grow(6, leaves);
    sync_root();
    ASSERT_EQ(leaves, 64);
    sync_scope all;
    grow(3, leaves);
    sync_root();
    ASSERT_EQ(leaves, 72);
  }
}

TEST(Scopes, OfSeveralThreads) {
  std::vector<std::thread> threads;
  for (int t = 0; t != 4; ++t)
    threads.emplace_back([t] {
      for (int round = 0; round != scaled(50, 10); ++round) {
        std::atomic<int> leaves{0};
        if (t % 2) {
          grow(5, leaves);
          sync_root();
        } else {
          sync_scope all;
          grow(5, leaves);
          sync_root();
        }
        EXPECT_EQ(leaves, 32);
      }
    });
  for (std::thread &each : threads)
    each.join();
}

TEST(Scopes, ARuntimeEndsAfterItsTasks) {
  for (int round = 0; round != scaled(100, 5); ++round) {
    std::atomic<int> leaves{0};
    flow_event begin;
    std::thread trigger;
    {
      const weave::runtime own({1 + static_cast<unsigned>(round % 4)});
      // It makes no tasks itself: they would belong to the runtime of the thread that triggers.
      spawn_detached(depends_on(begin), [&leaves] { leaves += 8; });
      grow(5, leaves);
      trigger = std::thread([&begin] { begin.trigger(); });
    }
    ASSERT_EQ(leaves, 40);
    trigger.join();
  }
}

TEST(Scopes, AThreadLeavesDetachedTasks) {
  std::atomic<int> leaves{0};
  std::thread([&leaves] { grow(6, leaves); }).join();
  sync_root();
  EXPECT_EQ(leaves, 64);
}

TEST(Scopes, ATaskHasItsOwnArguments) {
  for (int round = 0; round != scaled(100, 5); ++round) {
    std::atomic<int> sum{0};
    {
      sync_scope all;
      auto number = std::make_unique<int>(round);
      std::string text(100, 'x');
      want_task();
      spawn_detached([&sum](std::unique_ptr<int> x, const std::string &y) { sum += *x + static_cast<int>(y.size()); },
                     std::move(number), text);
      std::array<char, 5000> large{};
      large[4999] = 1;
      detach([large, &sum] { sum += large[4999]; });
      struct alignas(256) aligned {
        int one = 1;
      } far;
      detach([far, &sum] { sum += far.one; });
      detached(false).spawn([&sum] { ++sum; });
    }
    ASSERT_EQ(sum, round + 103);
  }
}

// R5: what is made goes back to whoever made it.
TEST(Scopes, R5AFloodOfDetachedTasksHasBoundedMemory) {
  std::atomic<long> sum{0};
  const auto flood = [&sum](long count) {
    sync_scope all;
    for (long i = 0; i != count; ++i) {
      if (i % 16 == 0)
        want_task();
      detached().spawn([i, &sum] { sum.fetch_add(i & 1, std::memory_order_relaxed); });
    }
  };
  flood(scaled(1000000));
  const long before = resident_memory();
  flood(scaled(10000000));
  expect_little_growth(before, 8 << 20);
  EXPECT_EQ(sum, scaled(1000000) / 2 + scaled(10000000) / 2);
}

#if defined(__cpp_exceptions)
TEST(Scopes, ThrowWhatADetachedTaskThrew) {
  for (int round = 0; round != scaled(200, 10); ++round) {
    int after = 0;
    try {
      sync_scope all;
      detach([round] { throw round; });
      after = 1; // nobody sees whether the task ran at once
    } catch (int thrown) {
      ASSERT_EQ(thrown, round);
      after += 2;
    }
    ASSERT_EQ(after, 3);
  }
}

TEST(Scopes, ThrowTheFirstInSerialOrder) {
  for (int round = 0; round != scaled(200, 10); ++round) {
    generator numbers(round);
    const int count = static_cast<int>(2 + below(numbers, 20)), first = static_cast<int>(below(numbers, count));
    int caught = -1;
    try {
      sync_scope all;
      for (int i = first; i != count; ++i)
        detach([i, wait = below(numbers, 4)] {
          dawdle(wait);
          throw i;
        });
    } catch (int thrown) {
      caught = thrown;
    }
    ASSERT_EQ(caught, first);
  }
}

// What generated code does: a task that precedes the point of the throw wins over it.
TEST(Scopes, ATaskPrecedesWhatIsThrownBehindIt) {
  for (int round = 0; round != scaled(200, 10); ++round) {
    const bool fails = round % 2;
    std::string caught;
    try {
      sync_scope all;
      try {
        detach([fails] {
          if (fails)
            throw std::runtime_error("task");
        });
        throw std::runtime_error("block");
      } catch (...) {
        all.rethrow();
      }
    } catch (const std::runtime_error &thrown) {
      caught = thrown.what();
    }
    ASSERT_EQ(caught, fails ? "task" : "block");
  }
}

TEST(Scopes, AnExceptionThatPassesWins) {
  for (int round = 0; round != scaled(200, 10); ++round)
    EXPECT_THROW(
        {
          sync_scope all;
          detach([] { throw 1; });
          throw std::runtime_error("passes");
        },
        std::runtime_error);
}

class Detached : public testing::Test {
protected:
  void SetUp() override { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

TEST_F(Detached, AnExceptionThatNobodyCanCatchEndsTheProcess) {
  for (int i = 0; i != 3; ++i)
    EXPECT_DEATH(
        (detach([] { throw std::runtime_error("what it says"); }), sync_root()),
        "weave: error: a detached task throws an exception that no sync_scope can pass on\n(.|\n)*what it says");
}
#else
class Detached : public testing::Test {
protected:
  void SetUp() override { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};
#endif

TEST_F(Detached, TheRootCannotBeAwaitedInside) {
  EXPECT_DEATH(
      {
        flow_event begin;
        auto waits = weave::spawn(depends_on(begin), [] { sync_root(); });
        begin.trigger();
        waits.get();
      },
      "weave: error: sync_root\\(\\) inside a task would wait for that task itself; use a sync_scope");
}

void leave_tasks() {
  static std::atomic<int> leaves{0};
  std::atexit([] {
    if (leaves != 64)
      std::_Exit(4);
  });
  weave::num_workers(); // starts the runtime, which ends first
  grow(6, leaves);
  std::exit(3);
}

TEST_F(Detached, AreAwaitedAtExit) {
  for (int i = 0; i != 10; ++i)
    EXPECT_EXIT(leave_tasks(), ExitedWithCode(3), "");
}

void leave_delayed_task() {
  static flow_event *never = new flow_event;
  spawn_detached(depends_on(*never), [] {});
  std::exit(3);
}

TEST_F(Detached, R6AnEventThatNeverComesIsReportedAtExit) {
  EXPECT_EXIT(
      leave_delayed_task(), ExitedWithCode(EXIT_FAILURE),
      "weave: error: detached tasks wait for flow_events that were not triggered before the end of the program");
}

void exit_in_detached_task() {
  sync_scope all;
  detach([] { std::exit(6); });
  for (;;)
    std::this_thread::yield();
}

TEST_F(Detached, MayCallExit) {
  for (int i = 0; i != 3; ++i)
    EXPECT_EXIT(exit_in_detached_task(), ExitedWithCode(6), "");
}

} // namespace
