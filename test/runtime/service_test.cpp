// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Threads of the program that serve a runtime: run_until, run_pending, donate.
#include "support.h"

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace weave::test;
using namespace std::chrono_literals;

/// On a thread that no runtime has seen, to its end.
template <class F> void outside(F f) { std::thread(f).join(); }

weave::options without_threads(unsigned workers = 1) {
  weave::options chosen;
  chosen.workers = workers;
  chosen.threads = weave::threads::none;
  return chosen;
}

TEST(Service, RunsWhatIsThereAndReturns) {
  weave::runtime own(without_threads());
  std::vector<int> order;
  std::vector<weave::future<void>> submitted;
  own.run_pending();
  for (int round = 0; round != scaled(200); ++round) {
    order.clear();
    outside([&] {
      for (int i = 0; i != 5; ++i)
        submitted.push_back(own.submit([&order, i] { order.push_back(i); }));
    });
    EXPECT_TRUE(order.empty());
    own.run_pending();
    EXPECT_EQ(order, (std::vector<int>{0, 1, 2, 3, 4}));
  }
}

TEST(Service, RunsUntilItIsToldToStop) {
  for (int round = 0; round != scaled(200); ++round) {
    weave::runtime own(without_threads());
    std::atomic<int> ran{0};
    std::thread feeds([&] {
      for (int i = 0; i != 20; ++i)
        own.submit([&ran] { ++ran; }).get();
      own.request_stop();
      own.request_stop();
    });
    own.run_forever();
    feeds.join();
    ASSERT_EQ(ran, 20);
    EXPECT_TRUE(own.stop_requested());
    own.run_forever();
  }
}

// The change comes while the thread that serves looks for work, or falls asleep, or sleeps.
TEST(Service, SeesAChangeThatItIsNotifiedOf) {
  weave::runtime own(without_threads());
  for (int round = 0; round != scaled(1000); ++round) {
    std::atomic<bool> changed{false};
    std::thread changes([&] {
      dawdle(static_cast<unsigned>(round % 100));
      changed = true;
      own.notify();
    });
    own.run_until([&changed] { return changed.load(); });
    changes.join();
  }
}

TEST(Service, IsDoneByThreadsThatAreDonated) {
  weave::runtime own(without_threads(2));
  outside([&] {
    for (int round = 0; round != scaled(200); ++round) {
      auto first = own.submit([round] { return round; });
      auto second =
          own.submit([&own] { return weave::spawn([] { return 3; }).get() + (own.stop_requested() ? 1 : 0); });
      EXPECT_FALSE(second.wait_for(0ms));
      ASSERT_TRUE(own.donate(second, 1h));
      ASSERT_TRUE(first.is_ready()) << "the second began before the first";
      EXPECT_EQ(first.get() + second.get(), round + 3);
      EXPECT_FALSE(weave::detail::current->record) << "a thread stays a worker";
    }
    weave::flow_event begin;
    auto delayed = own.submit(weave::depends_on(begin), [] {});
    EXPECT_FALSE(own.donate(delayed, 1ms));
    EXPECT_FALSE(own.donate(delayed, -1ms));
    begin.trigger();
    EXPECT_TRUE(own.donate(delayed, 1h));
  });
}

TEST(Service, IsNoWorkForATask) {
  weave::options chosen;
  chosen.workers = 2;
  weave::runtime own(chosen);
  outside([&] {
    const auto message = own.submit([&own] {
                              try {
                                own.run_pending();
                              } catch (const std::logic_error &error) {
                                return std::string(error.what());
                              }
                              return std::string();
                            })
                             .get();
    EXPECT_NE(message.find("a task serves a runtime"), message.npos);
  });
  auto ready = own.submit([] {});
  EXPECT_THROW(own.donate(ready, 1s), std::logic_error);
}

} // namespace
