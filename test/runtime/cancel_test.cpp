// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Loops that end early, called as generated code calls them.
#include "loops.h"

#include <algorithm>
#include <string>
#include <vector>

namespace {

using weave::detail::parallel_for;
using weave::detail::parallel_reduce;
using weave::detail::reduction;
using namespace weave::test;

// Several iterations may end it; the first of them in serial order does.
TEST(Cancel, WhatIsInFrontIsDoneOnce) {
  generator numbers(3);
  for (int round = 0; round != 30; ++round) {
    const long count = 1 + below(numbers, 3000), first = below(numbers, 3500), second = below(numbers, 3500);
    std::vector<int> runs(count);
    parallel_for(upward(0, count, 1), [&runs, first, second](auto weave_begin, auto weave_end) {
      bool weave_cancelled = false;
      for (long i = weave_begin; i < weave_end; i += 1) {
        work(i);
        ++runs[i];
        if (i == first || i == second) {
          weave_cancelled = true;
          break;
        }
      }
      return weave_cancelled;
    });
    const long end = std::min({first, second, count - 1});
    ASSERT_EQ(std::count(runs.begin(), runs.begin() + end + 1, 1), end + 1);
    ASSERT_LE(*std::max_element(runs.begin(), runs.end()), 1);
  }
}

// A string shows what was combined, and in which order.
TEST(Cancel, OnlyWhatTheSerialLoopDoesIsCombined) {
  generator numbers(4);
  for (int round = 0; round != 30; ++round) {
    const long count = 1 + below(numbers, 3000), first = below(numbers, 3500), second = below(numbers, 3500);
    std::string text = "start:", expected = text;
    long low = count, expected_low = count;
    for (long i = 0; i < count; ++i) {
      expected += std::to_string(i) + ' ';
      if (i == first || i == second) {
        expected_low = i;
        break;
      }
    }
    parallel_reduce(
        upward(0, count, 1),
        [first, second](auto weave_begin, auto weave_end, auto &text, auto &low) {
          bool weave_cancelled = false;
          for (long i = weave_begin; i < weave_end; i += 1) {
            work(i);
            text += std::to_string(i) + ' ';
            if (i == first || i == second) {
              low = std::min(low, i);
              weave_cancelled = true;
              break;
            }
          }
          return weave_cancelled;
        },
        reduction<weave::detail::plus>(text), reduction<weave::detail::minimum>(low));
    ASSERT_EQ(text, expected);
    ASSERT_EQ(low, expected_low);
  }
}

TEST(Cancel, AnExceptionBehindTheEndIsNone) {
  generator numbers(5);
  for (int round = 0; round != 40; ++round) {
    const long end = below(numbers, 2000), thrower = below(numbers, 2000);
    long caught = -1;
    try {
      parallel_for(upward(0, 2000, 1), [end, thrower](auto weave_begin, auto weave_end) {
        bool weave_cancelled = false;
        for (long i = weave_begin; i < weave_end; i += 1) {
          work(i);
          if (i == thrower)
            throw failed_iteration{i};
          if (i == end) {
            weave_cancelled = true;
            break;
          }
        }
        return weave_cancelled;
      });
    } catch (const failed_iteration &thrown) {
      caught = thrown.iteration;
    }
    ASSERT_EQ(caught, thrower <= end ? thrower : -1);
  }
}

TEST(Cancel, EndsTheInnerLoopAlone) {
  constexpr long rows = 30;
  std::vector<long> ends(rows);
  parallel_for(upward(0, rows, 1), [&ends](auto weave_begin, auto weave_end) {
    for (long row = weave_begin; row < weave_end; row += 1) {
      long low = 300;
      parallel_reduce(
          upward(0, 300, 1),
          [row](auto weave_begin, auto weave_end, auto &low) {
            bool weave_cancelled = false;
            for (long i = weave_begin; i < weave_end; i += 1) {
              work(i);
              if (i >= row * 10) {
                low = std::min(low, i);
                weave_cancelled = true;
                break;
              }
            }
            return weave_cancelled;
          },
          reduction<weave::detail::minimum>(low));
      ends[row] = low;
    }
  });
  for (long row = 0; row != rows; ++row)
    ASSERT_EQ(ends[row], row * 10);
}

} // namespace
