// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Graphs whose activation has several frames, and graphs whose tasks throw.
#include "programs.h"

#include <atomic>
#include <vector>

namespace {

using weave::detail::graph_frame;
using weave::detail::in;
using weave::detail::inout;
using weave::detail::out;
using namespace weave::test;

// Adds one to `done` once others had a chance to overtake it.
auto slow(std::atomic<int> &done) {
  return [&done] {
    dawdle();
    ++done;
  };
}

TEST(GraphFrames, TheInnerOneJoinsItsOwnTasks) {
  for (int round = 0; round != scaled(200, 5); ++round) {
    std::atomic<int> outer_done{0};
    int a = 0;
    graph_frame outer;
    want_task();
    outer.spawn_after({inout(a)}, slow(outer_done));
    for (int i = 1; i != 4; ++i) {
      std::atomic<int> done{0};
      int local = 0;
      {
        graph_frame inner(outer);
        for (int k = 0; k != 3; ++k) {
          want_task();
          inner.spawn_after({in(a), inout(local)}, slow(done));
        }
      }
      ASSERT_EQ(done, 3);
      ASSERT_EQ(outer_done, 1) << "a task of the inner frame did not wait for the one of the outer frame that it needs";
    }
  }
}

TEST(GraphFrames, ASyncInTheInnerOneIsFollowedByFurtherTasks) {
  for (int round = 0; round != scaled(200, 5); ++round) {
    std::atomic<int> done{0};
    int a = 0;
    graph_frame outer;
    want_task();
    outer.spawn_after({inout(a)}, slow(done));
    {
      std::atomic<int> inner_done{0};
      int local = 0;
      graph_frame inner(outer);
      for (int i = 1; i != 5; ++i) {
        want_task();
        inner.spawn_after({inout(local)}, slow(inner_done));
        inner.sync(), outer.sync();
        ASSERT_EQ(inner_done, i);
      }
      want_task();
      inner.spawn_after({inout(local)}, slow(inner_done));
      inner.sync();
      ASSERT_EQ(inner_done, 5);
      want_task();
      inner.spawn_after({inout(local)}, slow(inner_done));
    }
    outer.sync();
    ASSERT_EQ(done, 1);
  }
}

// A sync joins the frames of all blocks around it, so that the innermost frame must not lose count of its own.
TEST(GraphFrames, TheInnermostOfThreeJoinsItsTasksAfterASync) {
  for (int round = 0; round != scaled(200, 5); ++round) {
    std::atomic<int> early{0}, late{0};
    graph_frame first;
    for (int i = 0; i != 5; ++i) {
      want_task();
      first.spawn(slow(early));
    }
    {
      graph_frame second(first);
      for (int i = 0; i != 5; ++i) {
        want_task();
        second.spawn(slow(early));
      }
      {
        graph_frame third(second);
        third.sync(), second.sync();
        for (int i = 0; i != 3; ++i) {
          want_task();
          third.spawn(slow(late));
        }
      }
      ASSERT_EQ(late, 3) << "a block ended before the tasks that borrow from it";
    }
    first.sync();
    ASSERT_EQ(early, 10);
  }
}

TEST(GraphFrames, JoinOnEveryWayOut) {
  for (int round = 0; round != scaled(200, 5); ++round) {
    std::atomic<int> done{0};
    const int thrown = failure_of([&] {
      int a = 0;
      graph_frame outer;
      WEAVE_TRY {
        want_task();
        outer.spawn_after({inout(a)}, slow(done));
        for (int i = 0; i != 5; ++i) {
          int local = 0;
          graph_frame inner(outer);
          WEAVE_TRY {
            want_task();
            inner.spawn_after({in(a), out(local)}, slow(done));
            if (i == 2)
              continue;
            if (i == 3)
              throw failure{i};
          }
          WEAVE_CATCH(inner)
        }
      }
      WEAVE_CATCH(outer)
    });
    ASSERT_EQ(thrown, 3);
    ASSERT_EQ(done, 5);
  }
}

TEST(GraphExceptions, TheFirstInSerialOrderWins) {
  generator numbers(4);
  for (int round = 0; round != scaled(500, 5); ++round) {
    int first = -1;
    std::vector<bool> throws(10);
    for (int i = 10; i-- != 0;)
      if ((throws[i] = below(numbers, 4) == 0))
        first = i;
    std::vector<int> cells(3);
    std::atomic<int> running{0};
    const int thrown = failure_of([&] {
      graph_frame tasks;
      WEAVE_TRY {
        for (int i = 0; i != 10; ++i) {
          if (below(numbers, 2))
            want_task();
          tasks.spawn_after({in(cells[i % 3]), out(cells[i * 5 % 3])}, [&running, i, fails = bool(throws[i])] {
            ++running;
            dawdle(i % 3);
            --running;
            if (fails)
              throw failure{i};
          });
        }
        tasks.sync();
      }
      WEAVE_CATCH(tasks)
    });
    ASSERT_EQ(thrown, first);
    ASSERT_EQ(running, 0);
  }
}

TEST(GraphExceptions, AnEarlierTaskWinsOverTheCodeThatFollowsIt) {
  for (int round = 0; round != scaled(200, 5); ++round) {
    int a = 0;
    const int thrown = failure_of([&] {
      graph_frame tasks;
      WEAVE_TRY {
        want_task();
        tasks.spawn_after({out(a)}, [] {
          dawdle();
          throw failure{1};
        });
        tasks.spawn_after({out(a)}, [] { throw failure{2}; });
        throw failure{3};
      }
      WEAVE_CATCH(tasks)
    });
    ASSERT_EQ(thrown, 1);
  }
}

TEST(GraphExceptions, AFloodKeepsTheFirst) {
  for (int failing : {0, 1500, 4999}) {
    int cell = 0;
    const int thrown = failure_of([&] {
      graph_frame tasks;
      WEAVE_TRY {
        for (int i = 0; i != 5000; ++i) {
          want_task();
          tasks.spawn_after({inout(cell)}, [i, failing] {
            if (i >= failing)
              throw failure{i};
          });
        }
        tasks.sync();
      }
      WEAVE_CATCH(tasks)
    });
    ASSERT_EQ(thrown, failing);
  }
}

// What a task of the outer block threw must not leave by the inner block, not even when a flood of tasks had it joined
// early.
TEST(GraphExceptions, TheInnerFrameDoesNotThrowForTheOuter) {
  int cell = 0;
  bool inside = false;
  const int thrown = failure_of([&] {
    graph_frame outer;
    WEAVE_TRY {
      want_task();
      outer.spawn_after({inout(cell)}, [] {
        dawdle();
        throw failure{1};
      });
      try {
        int local = 0;
        graph_frame inner(outer);
        WEAVE_TRY {
          for (int i = 0; i != 5000; ++i) {
            want_task();
            inner.spawn_after({inout(local)}, [] {});
          }
        }
        WEAVE_CATCH(inner)
      } catch (const failure &) {
        inside = true;
      }
    }
    WEAVE_CATCH(outer)
  });
  EXPECT_EQ(thrown, 1);
  EXPECT_FALSE(inside && weave::num_workers() > 1);
}

TEST(GraphExceptions, ABlockWithoutAHandlerJoinsWhileItUnwinds) {
  for (int round = 0; round != scaled(200, 5); ++round) {
    std::atomic<int> done{0};
    int a = 0;
    const int thrown = failure_of([&] {
      graph_frame tasks;
      for (int i = 0; i != 5; ++i) {
        want_task();
        tasks.spawn_after({inout(a)}, slow(done));
      }
      throw failure{5};
    });
    ASSERT_EQ(thrown, 5);
    ASSERT_EQ(done, 5);
  }
}

} // namespace
