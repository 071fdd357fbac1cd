// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tasks of one spawn that pass between workers as one.
#include "support.h"

#include <array>
#include <atomic>
#include <numeric>
#include <string>
#include <vector>

namespace {

using weave::detail::frame;
using namespace weave::test;

// As a thief does that knows tasks to be small.
void want_tasks(std::uint32_t tasks) {
  if (weave::detail::current->shares)
    weave::detail::current->wanted.store(weave::detail::request::for_tasks(tasks));
}

TEST(Batch, RunsEachMemberOnce) {
  constexpr int count = 1000;
  for (int round = 0; round != scaled(200); ++round) {
    std::vector<int> runs(count);
    {
      frame tasks;
      for (int i = 0; i != count; ++i) {
        want_tasks(1 + round % 64);
        tasks.spawn([&runs, i] { ++runs[i]; });
        if (i % 100 == round % 100)
          dawdle(1);
      }
      tasks.sync();
    }
    ASSERT_EQ(runs, std::vector<int>(count, 1));
  }
}

TEST(Batch, HoldsMembersOfAnySize) {
  for (int round = 0; round != scaled(200); ++round) {
    std::array<std::uint64_t, 30> large;
    std::iota(large.begin(), large.end(), round);
    std::array<std::uint64_t, 40> sums{};
    const std::string text(100, 'x'); // copied into closures that cannot be moved bitwise
    std::array<std::size_t, 40> lengths{};
    frame tasks;
    for (std::size_t i = 0; i != sums.size(); ++i) {
      want_tasks(16);
      tasks.spawn([&sums, i, large] { sums[i] = std::accumulate(large.begin(), large.end(), i); });
    }
    for (std::size_t i = 0; i != lengths.size(); ++i) {
      want_tasks(16);
      tasks.spawn([&lengths, i, text] { lengths[i] = text.size() + i; });
    }
    tasks.sync();
    for (std::size_t i = 0; i != sums.size(); ++i) {
      ASSERT_EQ(sums[i], std::accumulate(large.begin(), large.end(), i));
      ASSERT_EQ(lengths[i], 100 + i);
    }
  }
}

TEST(Batch, MembersSpawnTasksOfTheirOwn) {
  for (int round = 0; round != scaled(50); ++round) {
    std::array<long, 100> sums{};
    frame tasks;
    for (std::size_t i = 0; i != sums.size(); ++i) {
      want_tasks(8);
      tasks.spawn([&sums, i] {
        std::array<long, 20> parts{};
        frame inner;
        for (std::size_t k = 0; k != parts.size(); ++k) {
          want_tasks(4);
          inner.spawn([&parts, i, k] { parts[k] = static_cast<long>(i * k); });
        }
        inner.sync();
        sums[i] = std::accumulate(parts.begin(), parts.end(), 0L);
      });
    }
    tasks.sync();
    for (std::size_t i = 0; i != sums.size(); ++i)
      ASSERT_EQ(sums[i], 190 * static_cast<long>(i));
  }
}

TEST(Batch, TheFirstThatThrewInSerialOrderWins) {
  for (int round = 0; round != scaled(500, 5); ++round) {
    const int first = round % 50;
    int caught = -1;
    try {
      frame tasks;
      WEAVE_TRY {
        for (int i = 0; i != 60; ++i) {
          want_tasks(16);
          tasks.spawn([i, first] {
            if (i >= first)
              throw i;
          });
        }
        tasks.sync();
      }
      WEAVE_CATCH(tasks)
    } catch (int thrown) {
      caught = thrown;
    }
    ASSERT_EQ(caught, first);
  }
}

// What one worker has received, and not begun, others may take.
TEST(Batch, R8IsSharedWhileOneOfItsMembersIsLong) {
  const weave::runtime three({3});
  std::atomic<bool> first{false}, both{false};
  std::atomic<int> inside{0};
  frame tasks;
  for (int i = 0; i != 3; ++i) { // a single task, and two members
    if (i == 1) { // so that these are not run in place because the first is still on offer
      ASSERT_TRUE(comes_true([&] { return first.load(); }));
    }
    want_tasks(8);
    tasks.spawn([&, i] {
      if (i == 0) {
        first = true;
        return;
      }
      if (++inside == 2)
        both = true;
      EXPECT_TRUE(comes_true([&] { return both.load(); })) << "one member waits for the other to begin";
    });
  }
  EXPECT_TRUE(comes_true([&] { return both.load(); })) << "the owner does nothing meanwhile";
  tasks.sync();
}

} // namespace
