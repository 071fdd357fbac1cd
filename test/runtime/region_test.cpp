// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Regions: a stretch of code that runs as its serial projection or as tasks.
#include "support.h"

#include <atomic>
#include <stdexcept>

namespace {

using weave::detail::region;
using namespace weave::test;

long fib(int n) {
  if (n < 2)
    return n;
  return region([&](auto &weave_tasks) {
    long x = 0;
    weave_tasks.spawn([&x, n] { x = fib(n - 1); });
    const long y = fib(n - 2);
    weave_tasks.sync();
    return x + y;
  });
}

TEST(Region, GivesTheResultOfTheSerialProgram) { EXPECT_EQ(fib(sanitized ? 20 : 30), sanitized ? 6765 : 832040); }

TEST(Region, JoinsAtItsEnd) {
  for (int round = 0; round != scaled(500, 5); ++round) {
    std::atomic<int> done{0};
    if (round % 2)
      want_task();
    region([&](auto &weave_tasks) {
      for (int i = 0; i != 5; ++i)
        weave_tasks.spawn([&done] {
          dawdle(1);
          ++done;
        });
    });
    ASSERT_EQ(done, 5);
  }
}

TEST(Region, NestsInOneThatRunsEitherWay) {
  for (int round = 0; round != scaled(500, 5); ++round) {
    std::atomic<int> done{0};
    if (round & 1)
      want_task();
    region([&](auto &outer) {
      outer.spawn([&done] { ++done; });
      if (round & 2)
        want_task();
      outer.region([&](auto &inner) {
        inner.spawn([&done] {
          dawdle(1);
          ++done;
        });
        inner.sync();
      });
      ASSERT_GE(done, 1);
      outer.spawn([&done] { ++done; });
      outer.sync();
    });
    ASSERT_EQ(done, 3);
  }
}

TEST(Region, ThrowsTheFirstInSerialOrder) {
  for (int round = 0; round != scaled(500, 5); ++round) {
    if (round & 1)
      want_task();
    int caught = 0;
    try {
      region([&](auto &weave_tasks) {
        weave_tasks.spawn([] {
          dawdle(1);
          throw 1;
        });
        throw 2;
      });
    } catch (int number) {
      caught = number;
    }
    ASSERT_EQ(caught, 1);
  }
}

TEST(Region, EndsTasksBeforeTheVariablesThatTheyBorrow) {
  for (int round = 0; round != scaled(600, 5); ++round) {
    std::atomic<int> early{0}, late{0};
    int caught = 0;
    if (round & 1)
      want_task();
    try {
      region([&](auto &weave_tasks) {
        weave_tasks.spawn([&early] {
          dawdle();
          ++early;
        });
        struct leaves { // in the place of a variable that the block declares
          std::atomic<int> &late;
          int seen = 0;
          ~leaves() {
            seen = late;
            EXPECT_EQ(seen, 3) << "the variable ended before the tasks that borrow it";
          }
        };
        {
          leaves local{late};
          auto weave_borrowing = weave_tasks.borrow();
          for (int i = 0; i != 3; ++i) {
            want_task();
            weave_tasks.spawn([&local, i, round] {
              dawdle();
              ++local.late;
              if (round % 3 == 1 && i == 2)
                throw 1;
            });
          }
          if (round % 3 == 2)
            throw 2;
        }
        weave_tasks.sync();
      });
    } catch (int number) {
      caught = number;
    }
    ASSERT_EQ(caught, round % 3);
    ASSERT_EQ(early, 1);
    ASSERT_EQ(late, 3);
  }
}

} // namespace
