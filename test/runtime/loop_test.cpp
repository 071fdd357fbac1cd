// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// parallel_for, called as generated code calls it.
#include "loops.h"

#include <algorithm>
#include <atomic>
#include <vector>

namespace {

using weave::detail::bound;
using weave::detail::direction;
using weave::detail::iterations;
using weave::detail::parallel_for;
using namespace weave::test;

TEST(ParallelFor, RunsEachIterationOnce) {
  for (long count : {0L, 1L, 2L, 3L, 7L, 63L, 64L, 65L, 1000L, 100000L}) {
    std::vector<int> runs(count);
    parallel_for(upward(0, count, 1), [&runs](auto weave_begin, auto weave_end) {
      for (long i = weave_begin; i < weave_end; i += 1)
        ++runs[i];
    });
    EXPECT_EQ(std::count(runs.begin(), runs.end(), 1), count);
  }
}

TEST(ParallelFor, R2RunsTheRightIterationsOnceSplit) {
  for (long start : {-3L, 0L, 5L})
    for (long stride : {1L, 3L, 7L}) {
      const long last = start + 2500;
      std::vector<int> runs(2501);
      parallel_for(upward(start, last, stride), [&runs, start, stride](auto weave_begin, auto weave_end) {
        for (long i = weave_begin; i < weave_end; i += stride) {
          work(i);
          ++runs[i - start];
        }
      });
      for (long i = start; i < last; ++i)
        ASSERT_EQ(runs[i - start], (i - start) % stride == 0) << i << " of stride " << stride;
    }
}

TEST(ParallelFor, RunsDownwardsAndToInclusiveBounds) {
  std::vector<int> runs(3000);
  parallel_for(iterations<int, bound::greater_equal, direction::down>(2999, 0, 3),
               [&runs](auto weave_begin, auto weave_end) {
                 for (int i = weave_begin; i >= weave_end; i -= 3) {
                   work(i);
                   ++runs[i];
                 }
               });
  for (int i = 0; i != 3000; ++i)
    ASSERT_EQ(runs[i], (2999 - i) % 3 == 0);
}

TEST(ParallelFor, IsSharedWhenItIsLongEnough) {
  if (weave::num_workers() == 1)
    GTEST_SKIP() << "needs a second worker";
  const auto here = std::this_thread::get_id();
  std::atomic<bool> elsewhere{false};
  EXPECT_TRUE(comes_true([&] {
    parallel_for(upward(0, 20000, 1), [&](auto weave_begin, auto weave_end) {
      for (long i = weave_begin; i < weave_end; i += 1) {
        work(1);
        if (std::this_thread::get_id() != here)
          elsewhere = true;
      }
    });
    return elsewhere.load();
  }));
}

// So the loop of each strip is to the optimiser what the programmer wrote.
TEST(ParallelFor, R9LooksForThievesOnlyBetweenStrips) {
#ifdef WEAVE_CHAOS
  GTEST_SKIP() << "looks after any iteration";
#endif
  constexpr long count = 20'000'000;
  std::atomic<long> strips{0}, sum{0};
  parallel_for(upward(0, count, 1), [&](auto weave_begin, auto weave_end) {
    ++strips;
    long part = 0;
    for (long i = weave_begin; i < weave_end; i += 1)
      part += i % 3;
    sum += part;
  });
  EXPECT_EQ(sum, count - 1);
  EXPECT_LT(strips, weave::num_workers() == 1 ? 2 : count / 1000);
}

TEST(ParallelFor, ThrowsWhatTheFirstIterationThrew) {
  generator numbers(3);
  for (int round = 0; round != 60; ++round) {
    const long count = 500, first = below(numbers, 500), second = below(numbers, 500);
    std::atomic<long> running{0};
    long caught = -1;
    try {
      parallel_for(upward(0, count, 1), [&running, first, second](auto weave_begin, auto weave_end) {
        ++running;
        struct leave {
          std::atomic<long> &running;
          ~leave() { --running; }
        } leaving{running};
        for (long i = weave_begin; i < weave_end; i += 1) {
          work(i);
          if (i == first || i == second)
            throw failed_iteration{i};
        }
      });
    } catch (const failed_iteration &thrown) {
      caught = thrown.iteration;
    }
    ASSERT_EQ(caught, std::min(first, second));
    ASSERT_EQ(running, 0) << "a piece still runs";
  }
}

TEST(ParallelFor, NeverSplitsBelowTheGrainSize) {
  constexpr long count = 5000, grain = 700;
  std::vector<std::thread::id> where(count);
  parallel_for(weave::detail::loop_options().grainsize(grain), upward(0, count, 1),
               [&where](auto weave_begin, auto weave_end) {
                 for (long i = weave_begin; i < weave_end; i += 1) {
                   work(i);
                   where[i] = std::this_thread::get_id();
                 }
               });
  long changes = 0;
  for (long i = 1; i != count; ++i)
    changes += where[i] != where[i - 1];
  EXPECT_LT(changes, count / grain);
}

TEST(ParallelFor, RunsOnTheSpotWithoutTheCondition) {
  const auto here = std::this_thread::get_id();
  long runs = 0;
  parallel_for(weave::detail::loop_options().run_if(false), upward(0, 1000, 1), [&](auto weave_begin, auto weave_end) {
    for (long i = weave_begin; i < weave_end; i += 1) {
      work(i);
      EXPECT_EQ(std::this_thread::get_id(), here);
      ++runs;
    }
  });
  EXPECT_EQ(runs, 1000);
}

TEST(ParallelFor, RunsNestsOnceSplit) {
  for (long columns : {1L, 3L, 50L, 3000L}) {
    const long rows = 3000 / columns;
    std::vector<int> runs(rows * columns);
    parallel_for(weave::detail::collapse(upward(0, rows, 1), [columns] { return upward(0, columns, 1); }),
                 [&runs, columns](auto weave_begin, auto weave_end, auto weave_begin_2, auto weave_end_2) {
                   for (long i = weave_begin; i < weave_end; i += 1)
                     for (long j = weave_begin_2; j < weave_end_2; j += 1) {
                       work(i * columns + j);
                       ++runs[i * columns + j];
                     }
                 });
    EXPECT_EQ(std::count(runs.begin(), runs.end(), 1), rows * columns);
  }
}

} // namespace
