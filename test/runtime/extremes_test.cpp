// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Deep recursion, signals, and runtimes that come and go.
#include "programs.h"

#include <atomic>
#include <csignal>
#include <functional>
#include <sys/time.h>
#include <vector>

namespace {

using weave::detail::frame;
using namespace weave::test;

int depth_of(int levels, bool as_tasks) {
  if (levels == 0)
    return 0;
  int below = 0;
  frame tasks;
  WEAVE_TRY {
    if (as_tasks)
      want_task();
    tasks.spawn([&below, levels, as_tasks] { below = depth_of(levels - 1, as_tasks); });
    tasks.sync();
    return below + 1;
  }
  WEAVE_CATCH(tasks)
}

TEST(Extremes, RecursionIsTwentyThousandDeep) {
  const int levels = deep;
  for (int round = 0; round != 10; ++round) {
    ASSERT_EQ(depth_of(levels, false), levels);
    ASSERT_EQ(depth_of(levels, true), levels);
  }
}

// A serial run has these calls in 5 MB of stack; as tasks they would need more than the 8 MB that there are, by G++ many times as much, which inlines several calls into each task.
template <bool Direct> int thick(int levels) {
  volatile char ballast[200];
  ballast[0] = 1;
  if (levels == 0)
    return 0;
  const int here = weave::detail::region([levels](auto &tasks) -> int {
    int below = 0;
    auto borrow = tasks.borrow();
    const auto deeper = [&below, levels] { below = thick<Direct>(levels - 1); };
    if constexpr (Direct)
      tasks.fork(deeper).join();
    else
      tasks.spawn(deeper);
    tasks.sync();
    return below + 1;
  });
  return here + ballast[0] - 1;
}

TEST(Extremes, R16RecursionNeedsLittleMoreStackThanASerialRun) {
  const int levels = deep;
  for (int round = 0; round != 10; ++round) {
    want_task();
    ASSERT_EQ(thick<false>(levels), levels);
    want_direct();
    ASSERT_EQ(thick<true>(levels), levels);
  }
}

// Runs `bottom` below so many calls of 3 KB each. Where tasks are made at random, these are plain calls: a thief could
// take one far down, and its owner, which then waits with much of its stack in use, takes nothing from others.
void dive(int levels, const std::function<void()> &bottom) {
  volatile char ballast[3000];
  ballast[0] = 1;
  if (levels == 0)
    return bottom();
#ifdef WEAVE_CHAOS
  dive(levels - 1, bottom);
#else
  frame tasks;
  WEAVE_TRY {
    tasks.spawn([levels, &bottom] { dive(levels - 1, bottom); });
    tasks.sync();
  }
  WEAVE_CATCH(tasks)
#endif
  ballast[1] = ballast[0];
}

// A worker with much of its stack in use goes on to make tasks, or others would idle.
TEST(Extremes, OthersAreFedFromDeepInTheStack) {
  if (weave::num_workers() < 2)
    GTEST_SKIP() << "needs a second worker";
  const int often = 5;
  int elsewhere = 0;
  const auto fed = [&] {
    dive(static_cast<int>(scaled(1000)), [&elsewhere] {
      const unsigned me = weave::worker_id();
      std::atomic<bool> begun{false};
      frame tasks;
      WEAVE_TRY {
        tasks.spawn([&elsewhere, &begun, me] {
          elsewhere += weave::worker_id() != me;
          begun = true;
        });
        comes_true([&begun] { return begun.load(); }, std::chrono::seconds(1));
        tasks.sync();
      }
      WEAVE_CATCH(tasks)
    });
    return elsewhere == often;
  };
  EXPECT_TRUE(comes_true(fed, std::chrono::seconds(60)));
}

std::atomic<long> signals{0};

TEST(Extremes, SignalsInterruptEverything) {
  struct sigaction count {
  }, before{};
  count.sa_handler = [](int) { ++signals; }; // and without SA_RESTART
  sigaction(SIGALRM, &count, &before);
  const itimerval often{{0, 200}, {0, 200}}, never{};
  setitimer(ITIMER_REAL, &often, nullptr);
  const long enough = signals + scaled(300, 3);
  EXPECT_TRUE(comes_true(
      [enough] {
        EXPECT_EQ(fib(14), 377);
        std::this_thread::sleep_for(std::chrono::microseconds(200)); // the helpers fall asleep now and then
        return signals >= enough;
      },
      std::chrono::seconds(60)));
  setitimer(ITIMER_REAL, &never, nullptr);
  sigaction(SIGALRM, &before, nullptr);
}

// Each with workers, tasks and settings of its own, beside the default one.
TEST(Extremes, RuntimesRunSideBySide) {
  std::vector<std::thread> threads;
  std::atomic<int> right{0};
  for (unsigned i = 0; i != 4; ++i)
    threads.emplace_back([i, &right] {
      weave::options options;
      options.workers = 1 + i;
      options.wait = i % 2 ? weave::waiting::passive : weave::waiting::balanced;
      const weave::runtime mine(options);
      for (int round = 0; round != scaled(40, 5); ++round)
        right += fib(15) == 610 && weave::num_workers() == options.workers;
      const weave::runtime inner; // one within the other
      right += fib(15) == 610;
    });
  for (int round = 0; round != scaled(40, 5); ++round)
    EXPECT_EQ(fib(15), 610);
  for (std::thread &each : threads)
    each.join();
  EXPECT_EQ(right, 4 * (scaled(40, 5) + 1));
}

TEST(Extremes, RuntimesComeAndGo) {
  if (weave::num_workers() != 1)
    GTEST_SKIP() << "its runtimes have workers of their own, so that once is enough";
  const auto cycles = [](long count) {
    for (long i = 0; i != count; ++i) {
      weave::runtime mine({1 + static_cast<unsigned>(i % 4)});
      ASSERT_EQ(i % 3 ? fib(10) : 55, 55); // some of them without a task
    }
  };
  cycles(100);
  const long before = resident_memory();
  cycles(scaled(10000));
  expect_little_growth(before, 4 << 20);
}

} // namespace
