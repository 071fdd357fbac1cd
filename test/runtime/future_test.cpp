// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// weave::spawn and its futures.
#include "support.h"

#include <array>
#include <atomic>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

namespace {

using weave::future;
using weave::spawn;
using namespace weave::test;

/// A spawn that makes a task, if somebody can take it.
template <class... Parts> auto spawn_task(Parts &&...parts) {
  want_task();
  return spawn(std::forward<Parts>(parts)...);
}

long fib(int n) {
  if (n < 2)
    return n;
  if (n > 8)
    want_task();
  future<long> x = spawn(fib, n - 1);
  const long y = fib(n - 2);
  return sync(x) + y;
}

TEST(Futures, GiveTheResult) { EXPECT_EQ(fib(20), 6765); }

struct counted {
  static inline std::atomic<int> alive{0};
  std::array<char, 5000> ballast;
  int value;
  explicit counted(int value) : value(value) { ++alive; }
  counted(const counted &other) : value(other.value) { ++alive; }
  counted(counted &&other) noexcept : value(std::exchange(other.value, -1)) { ++alive; }
  ~counted() { --alive; }
};

TEST(Futures, R15HaveResultsOfAnyKind) {
  for (int round = 0; round != 200; ++round) {
    int variable = 0;
    auto nothing = spawn_task([&variable] { variable = 1; });
    auto reference = spawn_task([](int &x) -> int & { return x; }, std::ref(variable));
    auto owner = spawn_task([](std::unique_ptr<int> x) { return x; }, std::make_unique<int>(3));
    auto large = spawn_task([](const counted &x) { return counted(x.value + 1); }, counted(4));
    auto constant = spawn_task([]() -> const std::string { return "six"; });
    nothing.get();
    EXPECT_EQ(variable, 1);
    EXPECT_EQ(&reference.get(), &variable);
    EXPECT_EQ(*owner.get(), 3);
    EXPECT_EQ(sync(large).value, 5);
    EXPECT_EQ(sync(std::move(constant)), "six");
  }
  EXPECT_EQ(counted::alive, 0);
}

struct accumulator {
  long sum = 0;
  long add(long x) { return sum += x; }
  const long base = 7;
};

TEST(Futures, CallWhateverCanBeCalled) {
  accumulator sums;
  EXPECT_EQ(spawn_task(&accumulator::add, &sums, 5).get(), 5);
  EXPECT_EQ(spawn_task(&accumulator::base, std::ref(sums)).get(), 7);
  EXPECT_EQ(spawn_task([moved = std::make_unique<int>(9)]() mutable { return std::move(moved); }).get().operator*(), 9);
}

TEST(Futures, CopyTheirArguments) {
  std::string text = "before";
  auto length = spawn_task([](const std::string &copy) { dawdle(); return copy; }, text);
  text = "afterwards";
  EXPECT_EQ(length.get(), "before");
}

TEST(Futures, AreEmptyAfterGet) {
  future<int> result;
  EXPECT_FALSE(result.valid());
  result = spawn_task([] { return 1; });
  EXPECT_TRUE(result.valid());
  EXPECT_EQ(result.get(), 1);
  EXPECT_FALSE(result.valid());
  EXPECT_FALSE(result.is_ready());
}

TEST(Futures, R15SayWhetherTheyAreReady) {
  if (weave::num_workers() == 1)
    GTEST_SKIP() << "runs every call at once";
  for (int round = 0; round != 50; ++round) {
    weave::flow_event begin;
    auto result = spawn(weave::depends_on(begin), [] { return 1; });
    EXPECT_FALSE(result.is_ready());
    begin.trigger();
    EXPECT_TRUE(comes_true([&] { return result.is_ready(); }));
    EXPECT_EQ(result.get(), 1);
  }
}

TEST(Futures, KeepExceptions) {
  for (int round = 0; round != 200; ++round) {
    auto failing = spawn_task([round]() -> int { throw round; });
    auto nothing = spawn_task([round] { throw round; });
    failing.wait();
    EXPECT_TRUE(failing.is_ready());
    EXPECT_THROW(failing.get(), int);
    EXPECT_FALSE(failing.valid());
    try {
      sync(nothing);
      ADD_FAILURE() << "nothing was thrown";
    } catch (int thrown) {
      EXPECT_EQ(thrown, round);
    }
    auto dropped = spawn_task([]() -> std::string { throw 1; });
  }
}

TEST(Futures, AreWaitedForByTheirDestructor) {
  for (int round = 0; round != 300; ++round) {
    int first = 0, second = 0;
    {
      auto dropped = spawn_task([&first] {
        dawdle();
        first = 1;
      });
      if (round % 2) {
        dropped = spawn_task([&second] { second = 1; });
        ASSERT_EQ(first, 1);
      }
    }
    ASSERT_EQ(first + second, 1 + round % 2);
  }
}

future<std::vector<int>> begin_outside(int size) {
  return spawn_task([size] {
    dawdle();
    std::vector<int> numbers(size);
    std::iota(numbers.begin(), numbers.end(), 0);
    return numbers;
  });
}

TEST(Futures, OutliveTheFunctionThatMadeThem) {
  std::vector<future<std::vector<int>>> results;
  for (int i = 0; i != 200; ++i)
    results.push_back(begin_outside(i));
  for (int i = 0; i != 200; ++i)
    ASSERT_EQ(results[i].get().size(), static_cast<std::size_t>(i));
}

TEST(Futures, R13AreWaitedForByAnyThread) {
  for (int round = 0; round != scaled(200, 4); ++round) {
    auto result = spawn_task([round] {
      if (round % 4 == 0) // long enough that the thread falls asleep
        std::this_thread::sleep_for(std::chrono::microseconds(300));
      return round;
    });
    int received = -1;
    std::thread([&received, result = std::move(result)]() mutable { received = result.get(); }).join();
    ASSERT_EQ(received, round);
  }
}

TEST(Futures, OutliveTheThreadThatMadeThem) {
  for (int round = 0; round != 50; ++round) {
    future<int> result;
    std::thread([&result, round] { result = spawn_task([round] { dawdle(); return round; }); }).join();
    ASSERT_EQ(result.get(), round);
  }
}

TEST(Futures, OutliveTheRuntimeThatMadeThem) {
  for (int round = 0; round != scaled(100, 5); ++round) {
    future<int> result;
    {
      const weave::runtime own({3});
      result = spawn_task([round] { dawdle(); return round; });
    }
    ASSERT_EQ(result.get(), round);
  }
}

TEST(Futures, AreWaitedForFromAnotherRuntime) {
  for (int round = 0; round != scaled(100, 5); ++round) {
    auto result = spawn_task([round] { dawdle(20); return round; });
    const weave::runtime own({2});
    ASSERT_EQ(result.get(), round);
  }
}

TEST(Futures, R15AreWaitedForAllTogether) {
  std::vector<future<int>> results;
  for (int i = 0; i != 50; ++i)
    results.push_back(spawn_task([i] { dawdle(); return i; }));
  wait_all(results.begin(), results.end());
  for (int i = 0; i != 50; ++i) {
    EXPECT_TRUE(results[i].is_ready());
    EXPECT_EQ(results[i].get(), i);
  }
  auto one = spawn_task([] { dawdle(); });
  auto two = spawn_task([] { return std::string("two"); });
  wait_all(one, two);
  EXPECT_TRUE(one.is_ready() && two.is_ready());
}

TEST(Futures, R15AreWaitedForUntilOneIsReady) {
  for (int round = 0; round != 50; ++round) {
    std::vector<future<int>> results;
    for (int i = 0; i != 10; ++i)
      results.push_back(spawn_task([i] { dawdle(10); return i; }));
    int sum = 0;
    while (!results.empty()) {
      const auto ready = wait_any(results.begin(), results.end());
      ASSERT_TRUE(ready->is_ready());
      sum += ready->get();
      results.erase(ready);
    }
    EXPECT_EQ(sum, 45);
  }
}

TEST(Futures, R15WaitForAnyReturnsThoughAnotherHasNotBegun) {
  for (int round = 0; round != 30; ++round) {
    weave::flow_event begin;
    auto late = spawn(weave::depends_on(begin), [] {});
    auto early = spawn_task([round] {
      std::this_thread::sleep_for(std::chrono::microseconds(10 * round));
      return 1;
    });
    EXPECT_EQ(wait_any(late, early), 1u);
    EXPECT_EQ(early.get(), 1);
    EXPECT_FALSE(late.is_ready());
    begin.trigger();
  }
}

// Each task waits for one that was made before it, so that no thread may lie on top of what another waits for.
TEST(Futures, R3MayBePassedToOtherTasks) {
  for (int round = 0; round != scaled(200, 4); ++round) {
    generator numbers(round);
    std::vector<future<long>> results;
    for (int i = 0; i != 60; ++i) {
      if (results.size() > 4 && below(numbers, 3) != 0) {
        const auto picked = results.begin() + below(numbers, static_cast<unsigned>(results.size()));
        auto first = std::move(*picked);
        results.erase(picked);
        results.push_back(spawn_task([first = std::move(first), i]() mutable {
          const long inner = i % 3 == 0 ? fib(10) - 55 : 0; // joins of its own, on top of which others may lie
          return first.get() + 1 + inner;
        }));
      } else {
        results.push_back(spawn_task([] { dawdle(2); return fib(11) - 89; }));
      }
    }
    long sum = 0;
    for (auto &each : results)
      sum += each.get() + 1;
    ASSERT_EQ(sum, 60);
  }
}

future<int> chain(int length) {
  if (length == 0)
    return spawn_task([] { return 0; });
  return spawn_task([before = chain(length - 1)]() mutable { return before.get() + 1; });
}

TEST(Futures, R16FormLongChains) {
  const int length = static_cast<int>(scaled(2000));
  EXPECT_EQ(chain(length).get(), length);
}

TEST(Futures, AreMadeByTasksOfFrames) {
  for (int round = 0; round != 50; ++round) {
    future<int> results[8];
    weave::detail::frame tasks;
    for (auto &result : results) {
      want_task();
      tasks.spawn([&result] { result = spawn_task([] { dawdle(); return 1; }); });
    }
    tasks.sync();
    int sum = 0;
    for (auto &result : results)
      sum += result.get();
    ASSERT_EQ(sum, 8);
  }
}

TEST(Futures, R5UseNoMoreMemoryThanIsUnfinished) {
  const auto flood = [](long count) {
    for (long i = 0; i != count; ++i) {
      auto a = spawn_task([i] { return i; }), b = spawn_task([i] { return i; });
      ASSERT_EQ(b.get() - a.get(), 0);
    }
  };
  flood(10000);
  const long before = resident_memory();
  flood(scaled(500000));
  expect_little_growth(before, 4 << 20);
}

} // namespace
