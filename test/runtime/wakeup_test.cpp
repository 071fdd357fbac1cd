// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// R8: a ready task beside an idle worker starts, whatever the thread that made it does meanwhile.
#include "support.h"

#include <atomic>
#include <vector>

namespace {

using weave::detail::frame;
using weave::detail::graph_frame;
using weave::detail::in;
using weave::detail::out;
using namespace weave::test;

TEST(WakeUp, R8ATaskStartsThoughItsOwnerNeverPolls) {
  for (int round = 0; round != scaled(1000, 5); ++round) {
    std::atomic<bool> ran{false};
    frame tasks;
    want_task();
    tasks.spawn([&ran] { ran = true; });
    ASSERT_TRUE(comes_true([&ran] { return ran.load(); })) << "in round " << round;
  }
}

TEST(WakeUp, R8ASleeperWakesForATask) {
  for (int round = 0; round != 60; ++round) {
    std::this_thread::sleep_for(
        std::chrono::microseconds(100 * (round % 20))); // the helpers fall asleep, or are about to
    std::atomic<bool> ran{false};
    frame tasks;
    want_task();
    tasks.spawn([&ran] { ran = true; });
    ASSERT_TRUE(comes_true([&ran] { return ran.load(); })) << "in round " << round;
  }
}

TEST(WakeUp, R8ATaskStartsOnceItsPredecessorsAreDone) {
  for (int round = 0; round != scaled(500, 5); ++round) {
    std::atomic<bool> ran{false};
    int a = 0, b = 0;
    graph_frame tasks;
    want_task();
    tasks.spawn_after({out(a)}, [&a] { a = 1; });
    want_task();
    tasks.spawn_after({out(b)}, [&b] { b = 1; });
    tasks.spawn_after({in(a), in(b)}, [&] { ran = a + b == 2; });
    ASSERT_TRUE(comes_true([&ran] { return ran.load(); })) << "in round " << round;
    tasks.sync();
  }
}

// Each owner offers a task and then only looks whether it ran; a task only ends when both run. So one that is left
// beside a sleeping worker, because its wake-up went to a worker that had found the other one, shows.
TEST(WakeUp, R8AWakeUpIsUsedOrPassedOn) {
  constexpr int owners = 2;
  if (weave::num_workers() < owners + 2)
    GTEST_SKIP() << "needs idle workers enough for every owner";
  const int rounds = static_cast<int>(scaled(500, 5));
  std::atomic<int> running{0}, joining{0};
  std::atomic<bool> failed{false};
  std::vector<std::thread> threads;
  for (int owner = 0; owner != owners; ++owner)
    threads.emplace_back([&, owner] {
      generator numbers(owner);
      for (int round = 1; round <= rounds && !failed; ++round) {
        if (below(numbers, 4) == 0)
          std::this_thread::sleep_for(std::chrono::microseconds(below(numbers, 150)));
        std::atomic<bool> ran{false};
        frame tasks;
        want_task();
        tasks.spawn([&] {
          ++running;
          // Who joins a task that is not quite done may run this one, and cannot make its next meanwhile.
          if (!comes_true([&] { return failed || joining != 0 || running >= owners * round; }, std::chrono::seconds(10)))
            failed = true;
          ran = true;
        });
        if (!comes_true([&ran] { return ran.load(); }, std::chrono::seconds(15)))
          failed = true;
        ++joining;
        tasks.sync();
        --joining;
      }
    });
  for (std::thread &each : threads)
    each.join();
  EXPECT_FALSE(failed) << "a task did not start though workers were idle";
}

TEST(WakeUp, WaitersWakeForCompletions) {
  for (int round = 0; round != scaled(300, 5); ++round) {
    int result = 0;
    frame tasks;
    want_task();
    tasks.spawn([&result, round] {
      if (round % 3 == 0) // long enough that the owner falls asleep
        std::this_thread::sleep_for(std::chrono::microseconds(300));
      result = round + 1;
    });
    tasks.sync();
    ASSERT_EQ(result, round + 1);
  }
}

} // namespace
