// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What leaves a block when tasks throw: the same at any number of workers.
#include "programs.h"

#include <array>
#include <atomic>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using weave::detail::frame;
using namespace weave::test;

// R7: the outcome must not depend on whether a task was stolen.
TEST(Exceptions, R7LeaveATaskAsTheyLeaveTheSerialProgram) {
  for (int round = 0; round != scaled(500, 5); ++round) {
    const int thrown = failure_of([&] {
      frame tasks;
      WEAVE_TRY {
        if (round % 2)
          want_task();
        tasks.spawn([] { throw failure{7}; });
        dawdle(round % 4);
        tasks.sync();
        ADD_FAILURE() << "the sync did not throw";
      }
      WEAVE_CATCH(tasks)
    });
    ASSERT_EQ(thrown, 7);
  }
}

// The thread has another worker when it throws than when it spawned.
TEST(Exceptions, KeepTheirOrderAcrossRuntimes) {
  for (int round = 0; round != scaled(100, 5); ++round) {
    const int thrown = failure_of([] {
      frame before;
      WEAVE_TRY {
        want_task();
        before.spawn([] { throw failure{1}; });
        weave::options options;
        options.workers = 2;
        const weave::runtime other(options);
        frame inner;
        WEAVE_TRY {
          want_task();
          inner.spawn([] { throw failure{2}; });
          inner.sync();
        }
        WEAVE_CATCH(inner)
      }
      WEAVE_CATCH(before)
    });
    ASSERT_EQ(thrown, 1);
  }
}

TEST(Exceptions, LeaveAsTheSameObject) {
  for (int round = 0; round != scaled(200, 5); ++round) {
    const void *thrown = nullptr, *caught = nullptr;
    try {
      frame tasks;
      WEAVE_TRY {
        want_task();
        tasks.spawn([&thrown] {
          try {
            throw std::runtime_error(std::string(1000, 'x'));
          } catch (const std::exception &error) {
            thrown = &error;
            throw;
          }
        });
        tasks.sync();
      }
      WEAVE_CATCH(tasks)
    } catch (const std::exception &error) {
      caught = &error;
      EXPECT_EQ(std::string(error.what()).size(), 1000u);
    }
    ASSERT_NE(thrown, nullptr);
    ASSERT_EQ(caught, thrown);
  }
}

TEST(Exceptions, TheFirstInSerialOrderWins) {
  generator numbers(1);
  for (int round = 0; round != scaled(500, 5); ++round) {
    std::vector<bool> throws(8);
    for (auto &&each : throws)
      each = below(numbers, 4) == 0;
    int first = -1;
    for (int i = 8; i-- != 0;)
      if (throws[i])
        first = i;
    const unsigned forced = below(numbers, 256), slow = below(numbers, 256);
    const int thrown = failure_of([&] {
      frame tasks;
      WEAVE_TRY {
        for (int i = 0; i != 8; ++i) {
          if (forced >> i & 1)
            want_task();
          tasks.spawn([i, slow, fails = bool(throws[i])] {
            if (slow >> i & 1)
              dawdle();
            if (fails)
              throw failure{i};
          });
        }
        tasks.sync();
      }
      WEAVE_CATCH(tasks)
    });
    ASSERT_EQ(thrown, first);
  }
}

TEST(Exceptions, AnEarlierTaskWinsOverTheCodeThatFollowsIt) {
  for (int round = 0; round != scaled(300, 5); ++round) {
    const int thrown = failure_of([&] {
      frame tasks;
      WEAVE_TRY {
        if (round % 2)
          want_task();
        tasks.spawn([] {
          dawdle();
          throw failure{1};
        });
        throw failure{2};
      }
      WEAVE_CATCH(tasks)
    });
    ASSERT_EQ(thrown, 1);
  }
}

TEST(Exceptions, TheCodeBetweenSpawnAndSyncMayThrow) {
  for (int round = 0; round != scaled(300, 5); ++round) {
    std::atomic<int> finished{0};
    const int thrown = failure_of([&] {
      int borrowed = 0;
      frame tasks;
      WEAVE_TRY {
        want_task();
        tasks.spawn([&] {
          dawdle();
          ++borrowed;
          ++finished;
        });
        throw failure{2};
      }
      WEAVE_CATCH(tasks)
    });
    ASSERT_EQ(thrown, 2);
    ASSERT_EQ(finished, 1) << "the exception left before a task that borrows from the block was done";
  }
}

TEST(Exceptions, LeaveOnceEveryTaskIsDone) {
  for (int round = 0; round != scaled(200, 5); ++round) {
    std::atomic<int> started{0}, finished{0};
    const int thrown = failure_of([&] {
      frame tasks;
      WEAVE_TRY {
        for (int i = 0; i != 10; ++i) {
          want_task();
          tasks.spawn([&, i] {
            ++started;
            dawdle();
            ++finished;
            if (i == 4)
              throw failure{i};
          });
        }
        tasks.sync();
      }
      WEAVE_CATCH(tasks)
    });
    ASSERT_EQ(thrown, 4);
    ASSERT_EQ(started, finished);
    ASSERT_GE(finished, 5);
  }
}

TEST(Exceptions, ABlockWithoutAHandlerJoinsWhileItUnwinds) {
  for (int round = 0; round != scaled(300, 5); ++round) {
    std::atomic<int> finished{0};
    const int thrown = failure_of([&] {
      frame tasks;
      for (int i = 0; i != 3; ++i) {
        want_task();
        tasks.spawn([&finished] {
          dawdle();
          ++finished;
        });
      }
      throw failure{5};
    });
    ASSERT_EQ(thrown, 5);
    ASSERT_EQ(finished, 3);
  }
}

TEST(Exceptions, ATaskThatFailsWhileItsBlockUnwindsDoesNotEndTheProgram) {
  for (int round = 0; round != scaled(300, 5); ++round) {
    const int thrown = failure_of([&] {
      frame tasks;
      want_task();
      tasks.spawn([] {
        dawdle();
        throw failure{1};
      });
      throw failure{2};
    });
    ASSERT_TRUE(thrown == 1 || thrown == 2);
  }
}

TEST(Exceptions, LeaveByTheDestructorOnANormalWayOut) {
  for (int round = 0; round != scaled(300, 5); ++round) {
    EXPECT_EQ(failure_of([&] {
                frame tasks;
                want_task();
                tasks.spawn([] { throw failure{3}; });
              }),
              3);
  }
}

// A destructor that spawns, run by an exception that is on its way: the frame in it must not take that one for its own.
TEST(Exceptions, AFrameInADestructorThatUnwindingRunsStillThrows) {
  struct guard {
    int &seen;
    ~guard() {
      seen = failure_of([&] {
        frame tasks;
        want_task();
        tasks.spawn([] { throw failure{8}; });
      });
    }
  };
  for (int round = 0; round != scaled(300, 5); ++round) {
    int seen = 0;
    const int thrown = failure_of([&] {
      const guard guarded{seen};
      throw failure{9};
    });
    ASSERT_EQ(thrown, 9);
    ASSERT_EQ(seen, 8);
  }
}

int deep(int levels) {
  if (levels == 0)
    throw failure{42};
  int below = 0;
  frame tasks;
  WEAVE_TRY {
    want_task();
    tasks.spawn([&below, levels] { below = deep(levels - 1); });
    tasks.sync();
    return below;
  }
  WEAVE_CATCH(tasks)
}

TEST(Exceptions, PassManyFrames) {
  for (int round = 0; round != 20; ++round)
    ASSERT_EQ(failure_of([] { deep(100); }), 42);
}

TEST(Exceptions, AFrameGoesOnAfterOne) {
  frame tasks;
  for (int round = 0; round != scaled(300, 5); ++round) {
    int result = 0;
    EXPECT_EQ(failure_of([&] {
                want_task();
                tasks.spawn([] { throw failure{1}; });
                tasks.sync();
              }),
              1);
    want_task();
    tasks.spawn([&result] { result = 5; });
    tasks.sync();
    ASSERT_EQ(result, 5);
  }
}

// The inner block lends `local` to some tasks; others belong to the function, though they come later.
TEST(Exceptions, SerialOrderHoldsAcrossTheFramesOfNestedBlocks) {
  generator numbers(6);
  for (int round = 0; round != scaled(600, 5); ++round) {
    std::array<bool, 10> throws, forced, in_inner, in_place;
    int first = -1;
    for (int i = 10; i-- != 0;) {
      forced[i] = below(numbers, 4) != 0, in_inner[i] = below(numbers, 2) != 0, in_place[i] = below(numbers, 8) == 0;
      if ((throws[i] = below(numbers, 4) == 0))
        first = i;
    }
    std::atomic<int> running{0};
    const int thrown = failure_of([&] {
      const auto step = [&](int i) {
        return [i, fails = throws[i], &running] {
          ++running;
          dawdle(i % 3);
          --running;
          if (fails)
            throw failure{i};
        };
      };
      frame outer;
      WEAVE_TRY {
        for (int i = 0; i != 3; ++i) {
          if (forced[i])
            want_task();
          outer.spawn(step(i));
        }
        {
          std::atomic<int> local{0};
          frame inner;
          WEAVE_TRY {
            for (int i = 3; i != 8; ++i) {
              if (forced[i])
                want_task();
              if (in_place[i])
                step(i)();
              else if (in_inner[i])
                inner.spawn([&local, run = step(i)] {
                  ++local;
                  run();
                });
              else
                outer.spawn(step(i));
            }
          }
          WEAVE_CATCH(inner)
        }
        for (int i = 8; i != 10; ++i)
          outer.spawn(step(i));
      }
      WEAVE_CATCH(outer)
    });
    ASSERT_EQ(thrown, first) << "in round " << round;
    ASSERT_EQ(running, 0);
  }
}

// An exception that was caught long ago says nothing about a new one, though that may lie where it lay.
TEST(Exceptions, AnEarlierTaskWinsWhateverWasCaughtBefore) {
  for (int round = 0; round != scaled(300, 5); ++round) {
    EXPECT_EQ(failure_of([&] {
                frame tasks;
                want_task();
                tasks.spawn([] { throw failure{1}; });
              }),
              1);
    EXPECT_EQ(failure_of([&] {
                frame tasks;
                WEAVE_TRY {
                  want_task();
                  tasks.spawn([] {
                    dawdle();
                    throw failure{2};
                  });
                  throw failure{3};
                }
                WEAVE_CATCH(tasks)
              }),
              2);
  }
}

} // namespace
