// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// weave::flow_event: calls begin when all that they depend on has happened.
#include "support.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <numeric>
#include <vector>

namespace {

using weave::depends_on;
using weave::flow_event;
using weave::future;
using weave::spawn;
using namespace weave::test;

TEST(Events, R3TheCallBeginsWhenItsEventHasHappened) {
  for (int round = 0; round != scaled(300, 5); ++round) {
    int x = 0;
    flow_event written;
    auto reader = spawn(depends_on(written), [&x] { return x; });
    EXPECT_FALSE(reader.is_ready());
    x = 1;
    written.trigger();
    ASSERT_EQ(reader.get(), 1);
  }
}

TEST(Events, TheCallBeginsAtOnceIfItsEventHasHappened) {
  flow_event written;
  written.trigger();
  EXPECT_EQ(spawn(depends_on(written), [] { return 3; }).get(), 3);
}

// Any number of events, triggered in any order, by any threads, before and after the call is spawned.
TEST(Events, R1TheCallBeginsWhenAllItsEventsHaveHappened) {
  for (int round = 0; round != scaled(300, 5); ++round) {
    generator numbers(round);
    const int count = static_cast<int>(1 + below(numbers, 12));
    flow_event first, second, each(0, count);
    std::vector<int> order(count);
    std::iota(order.begin(), order.end(), 0);
    std::shuffle(order.begin(), order.end(), numbers);
    std::atomic<int> happened{0};
    const int early = static_cast<int>(below(numbers, count + 1));
    const auto trigger = [&](int i) {
      ++happened;
      each.trigger(i);
    };
    for (int i = 0; i != early; ++i)
      trigger(order[i]);
    auto all = spawn(depends_on(first, each, second), [&] { return happened.load(); });
    std::vector<future<void>> triggers;
    for (int i = early; i != count; ++i) {
      want_task();
      triggers.push_back(spawn(trigger, order[i]));
    }
    ++happened, second.trigger();
    dawdle();
    EXPECT_FALSE(all.is_ready());
    std::thread([&] { ++happened, first.trigger(); }).join();
    ASSERT_EQ(all.get(), count + 2);
  }
}

TEST(Events, IterationsOfAStridedLoop) {
  for (const auto [start, stop, stride] : {std::array{3, 20, 4}, {20, 3, -4}, {-7, -7, 1}, {5, 6, 100}}) {
    flow_event each(start, stop, stride);
    std::vector<future<int>> results;
    for (int i = start; stride > 0 ? i < stop : i > stop; i += stride)
      results.push_back(spawn(depends_on(each[i]), [i = i] { return i; }));
    auto all = spawn(depends_on(each), [] { return -1; });
    for (int i = start; stride > 0 ? i < stop : i > stop; i += stride)
      each.trigger(i);
    int expected = start;
    for (auto &result : results) {
      EXPECT_EQ(result.get(), expected);
      expected += stride;
    }
    EXPECT_EQ(all.get(), -1);
  }
}

TEST(Events, CallsTriggerWhatOthersWaitFor) {
  for (int round = 0; round != scaled(100, 5); ++round) {
    constexpr int length = 40;
    flow_event done(0, length + 1);
    std::vector<int> values(length + 1);
    std::vector<future<void>> steps;
    for (int i = length; i-- != 0;)
      steps.push_back(spawn(depends_on(done[i]), [&, i] {
        values[i + 1] = values[i] + 1;
        done.trigger(i + 1);
      }));
    done.trigger(0);
    wait_all(steps.begin(), steps.end());
    ASSERT_EQ(values[length], length);
  }
}

// A call that waits inside for a delayed one, which only a third, awaited by nobody, makes ready.
TEST(Events, R3WhoWaitsDoesNotKeepTheTriggerFromRunning) {
  for (int round = 0; round != scaled(100, 5); ++round) {
    constexpr int chains = 12;
    flow_event begin, happened(0, chains);
    std::vector<future<int>> results;
    std::vector<future<void>> triggers;
    for (int i = 0; i != chains; ++i) {
      auto inner = spawn(depends_on(happened[i]), [i] { return i; });
      results.push_back(spawn(depends_on(begin), [inner = std::move(inner)]() mutable { return inner.get(); }));
    }
    for (int i = 0; i != chains; ++i)
      triggers.push_back(spawn(depends_on(begin), [&happened, i] { happened.trigger(i); }));
    begin.trigger();
    for (int i = 0; i != chains; ++i)
      ASSERT_EQ(results[i].get(), i);
  }
}

TEST(Events, R6AFutureThatIsDroppedWaitsForItsEvents) {
  for (int round = 0; round != scaled(100, 5); ++round) {
    flow_event late;
    bool ran = false;
    std::thread trigger;
    {
      auto dropped = spawn(depends_on(late), [&ran] { ran = true; });
      trigger = std::thread([&late] { dawdle(), late.trigger(); });
    }
    EXPECT_TRUE(ran);
    trigger.join();
  }
}

TEST(Events, R5UseNoMoreMemoryThanIsUnfinished) {
  const auto flood = [](long count) {
    for (long i = 0; i < count; i += 50) {
      flow_event each(0, 50);
      std::vector<future<long>> results;
      for (long k = 0; k != 50; ++k)
        results.push_back(spawn(depends_on(each[k]), [k] { return k; }));
      for (long k = 0; k != 50; ++k)
        each.trigger(k);
      for (long k = 0; k != 50; ++k)
        ASSERT_EQ(results[k].get(), k);
    }
  };
  flood(20000);
  const long before = resident_memory();
  flood(scaled(500000));
  expect_little_growth(before, 4 << 20);
}

class EventErrors : public testing::Test {
protected:
  void SetUp() override { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

TEST_F(EventErrors, ASecondTrigger) {
  EXPECT_DEATH(
      {
        flow_event once;
        once.trigger();
        once.trigger();
      },
      "event_test.cpp:[0-9]+: weave: error: a flow_event is triggered a second time\n.*event_test.cpp:[0-9]+: note:");
}

TEST_F(EventErrors, AnIterationThatThereIsNot) {
  EXPECT_DEATH(flow_event(0, 10, 3).trigger(4), "no such iteration");
  EXPECT_DEATH(flow_event(0, 10, 3).trigger(12), "no such iteration");
  EXPECT_DEATH(flow_event(0, 10, 3).trigger(), "must name one");
  EXPECT_DEATH(flow_event(0, 10, 0), "stride");
}

TEST_F(EventErrors, R6AnEventThatEndsWhileACallWaits) {
  EXPECT_DEATH(
      {
        future<void> outlives;
        flow_event never;
        outlives = spawn(depends_on(never), [] {});
      },
      "event_test.cpp:[0-9]+: weave: error: a flow_event ends before it is triggered");
}

} // namespace
