// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// R4, R5: what tasks needed is used again, so that a program can spawn for ever.
#include "support.h"

#include <array>
#include <atomic>

namespace {

using weave::detail::frame;
using namespace weave::test;

constexpr long allowance = 4 << 20;

template <class Spawns> void expect_flat(Spawns spawns, long few, long many) {
  spawns(few);
  const long before = resident_memory();
  spawns(many);
  if (!sanitized) {
    EXPECT_LT(resident_memory() - before, allowance);
  }
}

TEST(Memory, R4IsFlatOverMillionsOfTasks) {
  expect_flat(
      [](long count) {
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
      },
      100000, scaled(10000000, 100));
}

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
