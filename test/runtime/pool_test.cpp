// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The memory of one worker's tasks.
#include "memory/pool.h"

#include <cstdint>
#include <cstring>
#include <gtest/gtest.h>
#include <map>
#include <random>
#include <set>

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

} // namespace
