// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Loops with statements around them that each piece runs, called as generated code calls them.
#include "loops.h"

#include <algorithm>
#include <atomic>
#include <string>
#include <vector>

namespace {

using weave::detail::reduction;
using namespace weave::test;

// What the pieces of a loop did before and after their shares of it.
struct stages {
  std::atomic<int> begun{0}, ended{0};
};

TEST(Staged, WhatIsAroundTheLoopRunsOnceForEachPiece) {
  for (bool is_parallel : {true, false})
    for (long count : {0L, 1L, 4000L}) {
      stages all;
      std::atomic<long> total{0};
      std::vector<int> runs(count);
      weave::detail::staged_for(weave::detail::loop_options().run_if(is_parallel), upward(0, count, 1),
                                [&](auto &weave_piece) {
                                  ++all.begun;
                                  long mine = 0;
                                  while (const auto weave_strip = weave_piece.next())
                                    for (long i = weave_strip->begin(); i < weave_strip->end(); i += 1) {
                                      work(i);
                                      ++runs[i];
                                      ++mine;
                                    }
                                  total += mine;
                                  ++all.ended;
                                });
      EXPECT_EQ(total, count);
      EXPECT_EQ(std::count(runs.begin(), runs.end(), 1), count);
      EXPECT_GE(all.begun, 1);
      EXPECT_EQ(all.begun, all.ended);
      // A piece that nobody took is run on by the one before it.
      EXPECT_LE(all.begun, is_parallel && weave::num_workers() > 1 && count > 1 ? count / 2 : 1);
    }
}

TEST(Staged, ReducesInIterationOrder) {
  std::string text = "start:", expected = "start:";
  for (long i = 0; i != 3000; ++i)
    expected += std::to_string(i) + ' ';
  weave::detail::staged_for(
      upward(0, 3000, 1),
      [](auto &weave_piece, auto &weave_text) {
        auto &text = weave_text;
        while (const auto weave_strip = weave_piece.next())
          for (long i = weave_strip->begin(); i < weave_strip->end(); i += 1) {
            work(i);
            text += std::to_string(i) + ' ';
          }
      },
      reduction<weave::detail::plus>(text));
  EXPECT_EQ(text, expected);
}

TEST(Staged, ThrowsWhatTheFirstIterationThrewAndEndsNoPieceAfterIt) {
  generator numbers(11);
  for (int round = 0; round != 20; ++round) {
    const long thrower = below(numbers, 1000);
    stages all;
    EXPECT_THROW(weave::detail::staged_for(upward(0, 1000, 1),
                                           [&](auto &weave_piece) {
                                             ++all.begun;
                                             while (const auto weave_strip = weave_piece.next())
                                               for (long i = weave_strip->begin(); i < weave_strip->end(); i += 1) {
                                                 work(i);
                                                 if (i == thrower)
                                                   throw failed_iteration{i};
                                               }
                                             ++all.ended;
                                           }),
                 failed_iteration);
    EXPECT_LT(all.ended, all.begun);
  }
}

} // namespace
