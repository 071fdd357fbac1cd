// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Reductions of arrays and sections, called as generated code calls them.
#include "loops.h"

#include <atomic>
#include <memory>
#include <string>
#include <vector>

namespace {

using weave::detail::parallel_reduce;
using weave::detail::plus;
using weave::detail::reduction;
using weave::detail::section;
using namespace weave::test;

TEST(ArrayReduce, AddsElementByElementAfterTheOldValues) {
  long bins[4][5], expected[4][5];
  for (long i = 0; i != 20; ++i)
    bins[i / 5][i % 5] = expected[i / 5][i % 5] = i;
  for (long i = 0; i != 3000; ++i)
    expected[i % 4][i % 5] += i;
  parallel_reduce(
      upward(0, 3000, 1),
      [](auto weave_begin, auto weave_end, auto &weave_bins) {
        auto &bins = weave_bins;
        static_assert(sizeof bins == 20 * sizeof(long));
        for (long i = weave_begin; i < weave_end; i += 1) {
          work(i);
          bins[i % 4][i % 5] += i;
        }
      },
      reduction<plus>(bins));
  for (long i = 0; i != 20; ++i)
    ASSERT_EQ(bins[i / 5][i % 5], expected[i / 5][i % 5]);
}

// `+` of strings does not commute, so that the order of combination shows.
TEST(ArrayReduce, CombinesSectionsInIterationOrder) {
  for (const bool is_reproducible : {false, true}) {
    std::vector<std::string> texts(10, "start:"), expected = texts;
    for (long i = 0; i != 2000; ++i)
      expected[4 + i % 3] += std::to_string(i) + ' ';
    std::string *p = texts.data() + 2;
    const auto body = [](auto weave_begin, auto weave_end, auto &weave_p) {
      const auto p = weave_p;
      for (long i = weave_begin; i < weave_end; i += 1) {
        work(i);
        p[2 + i % 3] += std::to_string(i) + ' ';
      }
    };
    if (is_reproducible)
      weave::detail::reproducible_reduce(upward(0, 2000, 1), body, reduction<plus>(section(p, 2, 3, "p[2:3]")));
    else
      parallel_reduce(upward(0, 2000, 1), body, reduction<plus>(section(p, 2, 3, "p[2:3]")));
    ASSERT_EQ(texts, expected);
  }
}

TEST(ArrayReduce, AnEmptySectionIsNothing) {
  long *nothing = nullptr;
  std::atomic<long> runs{0};
  parallel_reduce(
      upward(0, 1000, 1),
      [&runs](auto weave_begin, auto weave_end, auto &) {
        for (long i = weave_begin; i < weave_end; i += 1) {
          work(i);
          ++runs;
        }
      },
      reduction<plus>(section(nothing, 0, 0, "nothing[0:0]")));
  EXPECT_EQ(runs, 1000);
}

TEST(ArrayReduceDeathTest, ANegativeLengthStopsTheProgram) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  long array[3] = {}, length = -2;
  EXPECT_DEATH(reduction<plus>(section(array, 1, length, "array[1:length]")),
               "array_reduce_test.cpp:[0-9]+: weave: error: the section 'array\\[1:length\\]' has the negative length -2");
}

/// Counts how many there are.
struct counted {
  static inline std::atomic<long> alive{0}, most{0};

  counted(long value = 0) : value(value) {
    const long now = ++alive;
    for (long seen = most; seen < now && !most.compare_exchange_weak(seen, now);) {
    }
  }
  counted(const counted &other) : counted(other.value) {}
  counted &operator=(const counted &) = default;
  ~counted() { --alive; }

  long value;
};
counted operator+(const counted &a, const counted &b) { return a.value + b.value; }

// The owner of the loop waits for others, so that they are through with half, and a quarter, and an eighth before it joins any.
TEST(ArrayReduce, HoldsAsManyArraysAsRunAtOnce) {
  constexpr long size = 64;
  const auto owner = std::this_thread::get_id();
  std::atomic<long> elsewhere{0};
  auto wait_for_others = [&elsewhere, seen = 0L]() mutable {
    const auto limit = std::chrono::steady_clock::now() + std::chrono::milliseconds(5);
    while (elsewhere == seen && std::chrono::steady_clock::now() < limit)
      std::this_thread::yield();
    seen = elsewhere;
  };
  counted bins[size];
  counted::most = counted::alive.load();
  parallel_reduce(
      upward(0, 2048, 1),
      [owner, &elsewhere, &wait_for_others](auto weave_begin, auto weave_end, auto &weave_bins) {
        auto &bins = weave_bins;
        for (long i = weave_begin; i < weave_end; i += 1) {
          if (std::this_thread::get_id() != owner)
            ++elsewhere;
          else if (i < 32)
            wait_for_others();
          bins[i % size].value += 1;
        }
      },
      reduction<plus>(bins));
  for (const counted &bin : bins)
    ASSERT_EQ(bin.value, 2048 / size);
  EXPECT_EQ(counted::alive, size);
  EXPECT_LE(counted::most, size * (1 + 3 * long(weave::num_workers())));
}

TEST(ArrayReduce, LargeArraysAreMadeWhereTheyAreUsed) {
  constexpr std::size_t size = 1 << 18;
  const auto bins = std::make_unique<int[]>(size);
  int *p = bins.get();
  for (int round = 0; round != 3; ++round)
    parallel_reduce(
        upward(0, 200, 1),
        [](auto weave_begin, auto weave_end, auto &weave_p) {
          const auto p = weave_p;
          for (long i = weave_begin; i < weave_end; i += 1) {
            work(i);
            for (std::size_t k = std::size_t(i); k < size; k += 200)
              ++p[k];
          }
        },
        reduction<plus>(section(p, 0, size, "p[0:size]")));
  for (std::size_t k = 0; k != size; ++k)
    ASSERT_EQ(p[k], 3) << k;
}

} // namespace
