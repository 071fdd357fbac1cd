// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Loops on the real workers: pieces are split off, stolen or taken back, and combined in the order of the iterations.
#include "harness.h"

#include <vector>

namespace weave::model {
namespace {

using upward = detail::iterations<int, detail::bound::less, detail::direction::up>;

/// So long that whoever ran it knows that what is left is worth a split.
constexpr std::chrono::microseconds an_iteration{16};

/// Runs `body(i)` for each iteration in parallel.
template <class Body> void loop(int count, Body body) {
  detail::parallel_for(upward(0, count, 1), [body](int begin, int end) {
    for (int i = begin; i < end; ++i) {
      body(i);
      pass(an_iteration);
    }
  });
}

void run_each_once(int count) {
  std::vector<int> runs(static_cast<std::size_t>(count));
  loop(count, [&runs](int i) { ++runs[static_cast<std::size_t>(i)]; });
  for (int each : runs)
    check(each == 1, "each iteration ran once");
}

TEST(Loops, RunEachIterationOnce) {
  WEAVE_EXPECT_HOLDS(explore_program({3, 1}, 2, [] { run_each_once(2); }));
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 2, [] { run_each_once(4); }));
}

TEST(Loops, TwoThieves) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 3, [] { run_each_once(3); }));
}

/// An operation for which the order matters.
struct sequence {
  int digits = 0, count = 0;
};
struct append {
  template <class T> static T identity() { return T(); }
  template <class T> static void combine(T &left, const T &right) {
    for (int i = 0; i != right.count; ++i)
      left.digits *= 10;
    left.digits += right.digits;
    left.count += right.count;
  }
};

TEST(Loops, CombineInTheOrderOfTheIterations) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 1}, 2, [] {
    sequence found;
    detail::parallel_reduce(
        upward(1, 5, 1),
        [](int begin, int end, sequence &partial) {
          for (int i = begin; i < end; ++i) {
            append::combine(partial, sequence{i, 1});
            pass(an_iteration);
          }
        },
        detail::reduction<append>(found));
    check(found.digits == 1234, "what the pieces made is combined in order");
  }));
}

// Iterations 1 and 3 throw. Pieces behind 1 may run or not, but 0 and what the loop uses must not be touched afterwards.
TEST(Loops, ThrowWhatTheFirstIterationThrew) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 2, [] {
    int runs[4] = {}, caught = 0;
    try {
      loop(4, [&runs](int i) {
        ++runs[i];
        if (i % 2)
          throw i;
      });
    } catch (int thrown) {
      caught = thrown;
    }
    check(caught == 1, "the exception is that of the first iteration which threw");
    for (int &each : runs)
      check(each++ <= 1, "no iteration ran twice");
    check(runs[0] == 2 && runs[1] == 2, "all before it ran");
  }));
}

TEST(Loops, InsideATask) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 2, [] {
    detail::frame frame;
    frame.spawn([] { run_each_once(2); });
    run_each_once(2);
    frame.sync();
  }));
}

} // namespace
} // namespace weave::model
