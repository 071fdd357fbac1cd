// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The memory of one worker's tasks.
#include "memory/pool.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <gtest/gtest.h>
#include <map>
#include <random>
#include <set>
#include <vector>

namespace {

using weave::detail::pool;

TEST(Pool, GivesAlignedMemoryThatNobodyElseHas) {
  struct block {
    std::size_t bytes, alignment;
    unsigned char mark;
  };
  pool memory;
  std::map<unsigned char *, block> live;
  std::mt19937 random(5);
  const auto release = [&](std::map<unsigned char *, block>::iterator at) {
    for (std::size_t i = 0; i != at->second.bytes; ++i)
      ASSERT_EQ(at->first[i], at->second.mark);
    memory.free(at->first, at->second.bytes, at->second.alignment);
    live.erase(at);
  };
  for (int step = 0; step != 20000; ++step) {
    if (random() % 5 < 2 && !live.empty()) {
      auto at = live.begin();
      std::advance(at, random() % std::min<std::size_t>(live.size(), 20));
      release(at);
      continue;
    }
    if (live.size() > 500)
      continue;
    const block made{1 + random() % (random() % 8 ? 700 : 5000), std::size_t(8) << random() % (random() % 8 ? 4 : 7),
                     static_cast<unsigned char>(step)};
    auto *at = static_cast<unsigned char *>(memory.allocate(made.bytes, made.alignment));
    ASSERT_NE(at, nullptr);
    ASSERT_EQ(reinterpret_cast<std::uintptr_t>(at) % made.alignment, 0u);
    std::memset(at, made.mark, made.bytes);
    const auto next = live.lower_bound(at);
    ASSERT_TRUE(next == live.end() || at + made.bytes <= next->first);
    ASSERT_TRUE(next == live.begin() || std::prev(next)->first + std::prev(next)->second.bytes <= at);
    live.emplace(at, made);
  }
  while (!live.empty())
    release(live.begin());
}

TEST(Pool, KeepsTasksOffEachOthersCacheLines) {
  pool memory;
  std::set<std::uintptr_t> lines;
  for (int i = 0; i != 1000; ++i)
    lines.insert(reinterpret_cast<std::uintptr_t>(memory.allocate(40, 8)) / 64);
  EXPECT_EQ(lines.size(), 1000u);
}

TEST(Pool, UsesMemoryAgain) {
  pool memory;
  for (std::size_t bytes : {1, 64, 65, 512}) {
    std::set<void *> seen;
    for (int round = 0; round != 1000; ++round) {
      void *first = memory.allocate(bytes, 16), *second = memory.allocate(bytes, 16);
      seen.insert(first), seen.insert(second);
      memory.free(first, bytes, 16);
      memory.free(second, bytes, 16);
    }
    EXPECT_EQ(seen.size(), 2u) << bytes;
  }
}

// The blocks that are in use stay where they are, and all memory can be had again.
TEST(Pool, TrimsWhatHoldsNoBlockInUse) {
  std::mt19937 numbers(1);
  pool mine;
  EXPECT_FALSE(mine.trim());
  struct block {
    unsigned char *memory;
    std::size_t bytes;
    unsigned char mark;
  };
  std::vector<block> used;
  for (int round = 0; round != 200; ++round) {
    const std::size_t kept = round % 4 == 0 ? 0 : numbers() % 2000;
    while (used.size() < kept + 1000) {
      const std::size_t bytes = 1 + numbers() % 600;
      const auto mark = static_cast<unsigned char>(numbers());
      used.push_back({static_cast<unsigned char *>(mine.allocate(bytes, 8)), bytes, mark});
      std::memset(used.back().memory, mark, bytes);
    }
    std::shuffle(used.begin(), used.end(), numbers);
    for (; used.size() > kept; used.pop_back()) {
      for (std::size_t i = 0; i != used.back().bytes; ++i)
        ASSERT_EQ(used.back().memory[i], used.back().mark);
      mine.free(used.back().memory, used.back().bytes, 8);
    }
    if (kept == 0) {
      EXPECT_TRUE(mine.trim());
      EXPECT_FALSE(mine.trim()) << "nothing is left";
    } else {
      mine.trim();
    }
    ASSERT_EQ(mine.live(), kept);
  }
  for (const block &each : used)
    mine.free(each.memory, each.bytes, 8);
}

} // namespace
