// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// R4, R5: what tasks needed is used again, so that a program can spawn for ever.
#include "support.h"

#include <array>
#include <atomic>
#include <string>

namespace {

using weave::detail::frame, weave::detail::graph_frame, weave::detail::inout, weave::detail::out;
using namespace weave::test;

constexpr long allowance = 4 << 20;

// A hundred million for one producer and one consumer; a tenth for other numbers of workers, where it shows the same.
long many_tasks() {
#ifdef WEAVE_CHAOS
  return 1'000'000;
#else
  return scaled(weave::num_workers() == 2 ? 100'000'000 : 10'000'000, 100);
#endif
}

template <class Spawns> void expect_flat(Spawns spawns, long few, long many) {
  spawns(few);
  const long before = resident_memory();
  spawns(many);
  expect_little_growth(before, allowance);
}

void produce(long count) {
  std::atomic<long> done{0};
  frame tasks;
  for (long i = 0; i != count; ++i) {
    if (i % 8 == 0)
      want_task();
    tasks.spawn([&done] { done.fetch_add(1, std::memory_order_relaxed); });
    if (i % 1024 == 0)
      tasks.sync();
  }
  tasks.sync();
  EXPECT_EQ(done, count);
}

TEST(Memory, R4IsFlatOverAHundredMillionTasks) { expect_flat(produce, 100000, many_tasks()); }

TEST(Memory, R5IsBoundedForTheTasksOfOneBlock) {
  expect_flat(
      [](long count) {
        for (long round = 0; round != count; ++round) {
          std::atomic<long> done{0};
          std::array<char, 2000> ballast{};
          frame tasks;
          for (int i = 0; i != 50; ++i) {
            want_task();
            tasks.spawn([&done, ballast] { done += 1 + ballast[100]; });
          }
          tasks.sync();
          ASSERT_EQ(done, 50);
        }
      },
      200, scaled(10000));
}

void flood(long count) {
  std::atomic<long> done{0};
  frame tasks;
  for (long i = 0; i != count; ++i)
    tasks.spawn([&done] { done.fetch_add(1, std::memory_order_relaxed); });
  tasks.sync();
  EXPECT_EQ(done, count);
}

TEST(Memory, R5IsBoundedForAFloodOfAHundredMillion) { expect_flat(flood, 100000, many_tasks()); }

// A task that is not joined at each of many levels, and then none.
long deep(int levels) {
  std::array<long, 50> ballast{};
  long below = 0;
  frame tasks;
  want_task();
  tasks.spawn([&below, ballast] { below = 1 + ballast[7]; });
  const long deeper = levels ? deep(levels - 1) : 0;
  tasks.sync();
  return below + deeper;
}

// Tasks that are there at the same time, since the first of them holds up the others.
void pile_up(long count) {
  std::atomic<bool> begins{false};
  std::array<char, 200> ballast{};
  long done = 0;
  graph_frame tasks;
  want_task();
  tasks.spawn_after({out(done)}, [&begins] {
    while (!begins)
      std::this_thread::yield();
  });
  for (long i = 0; i != count; ++i)
    tasks.spawn_after({inout(done)}, [&done, ballast] { done += 1 + ballast[100]; });
  begins = true;
  tasks.sync();
  EXPECT_EQ(done, count);
}

TEST(Memory, R5TrimGivesItBack) {
  if (sanitized || !weave::detail::current->shares || weave::num_workers() == 1)
    GTEST_SKIP() << "needs tasks, and memory as in a real program";
  constexpr long tasks = 2000; // some 0.8 MB
  pile_up(tasks);              // so that all else that it needs is there from now on
  weave::trim();
  pile_up(tasks);
  const long full = resident_memory();
  weave::trim();
  EXPECT_LT(resident_memory(), full - (1L << 19));
  pile_up(tasks);
}

TEST(Memory, TrimsWhileOthersWork) {
  std::atomic<bool> stop{false};
  std::thread worker([&stop] {
    while (!stop)
      EXPECT_EQ(deep(200), 201);
  });
  for (int i = 0; i != scaled(300, 10); ++i) {
    weave::trim();
    EXPECT_EQ(deep(50), 51);
    std::thread([] { EXPECT_EQ(deep(5), 6); }).join(); // a worker that nobody is at times
  }
  stop = true;
  worker.join();
}

TEST(Memory, IsFlatOverThreadsThatComeAndGo) {
  expect_flat(
      [](long count) {
        for (long i = 0; i != count; ++i)
          std::thread([] {
            int a = 0, b = 0;
            frame tasks;
            want_task();
            tasks.spawn([&a] { a = 1; });
            want_task();
            tasks.spawn([&b] { b = 1; });
          }).join();
      },
      200, scaled(3000));
}

} // namespace
