// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// weave::submit: calls that any thread hands to a runtime.
#include "support.h"

#include <array>
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <numeric>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace weave::test;

/// On a thread that no runtime has seen, to its end.
template <class F> void outside(F f) { std::thread(f).join(); }

/// Whether the calling thread is no worker.
bool is_outside() { return !weave::detail::current->record; }

TEST(Submissions, GiveTheResult) {
  outside([] {
    EXPECT_EQ(weave::submit([](int x) { return x + 1; }, 6).get(), 7);
    int variable = 0;
    weave::submit([&variable] { variable = 1; }).get();
    EXPECT_EQ(variable, 1);
    EXPECT_EQ(
        weave::submit([](std::unique_ptr<std::string> text) { return *text; }, std::make_unique<std::string>("moved"))
            .get(),
        "moved");
  });
}

TEST(Submissions, LeaveTheirThreadOutside) {
  outside([] {
    const auto me = std::this_thread::get_id();
    EXPECT_NE(weave::submit([] { return std::this_thread::get_id(); }).get(), me);
    EXPECT_TRUE(is_outside());
  });
}

TEST(Submissions, KeepExceptions) {
  outside([] {
    auto failing = weave::submit([]() -> int { throw 7; });
    EXPECT_THROW(failing.get(), int);
    auto dropped = weave::submit([]() -> std::string { throw 7; });
  });
}

TEST(Submissions, RunInTheRuntimeToWhichTheyWereSubmitted) {
  weave::options chosen;
  chosen.workers = 3;
  weave::runtime own(chosen);
  outside([&] { EXPECT_EQ(own.submit([] { return weave::num_workers(); }).get(), 3u); });
  EXPECT_EQ(weave::submit([] { return weave::num_workers(); }).get(), 3u);
}

// The thread that made the runtime never helps.
TEST(Submissions, NeedNobodyWhoWaits) {
  for (unsigned workers = 1; workers != 3; ++workers) {
    weave::options chosen;
    chosen.workers = workers;
    weave::runtime own(chosen);
    std::atomic<int> ran{0};
    std::vector<weave::future<void>> submitted;
    for (int i = 0; i != 100; ++i)
      submitted.push_back(own.submit([&ran] { ++ran; }));
    EXPECT_TRUE(comes_true([&] { return ran == 100; })) << workers;
  }
}

// With one thread that takes them, and whoever submits keeping away.
TEST(Submissions, BeginInTheirOrder) {
  weave::options chosen;
  chosen.workers = 2;
  weave::runtime own(chosen);
  constexpr int count = 2000;
  std::vector<int> order;
  std::vector<weave::future<void>> submitted;
  outside([&] {
    for (int i = 0; i != count; ++i)
      submitted.push_back(own.submit([&order, i] { order.push_back(i); }));
    for (auto &each : submitted)
      each.wait();
  });
  std::vector<int> expected(count);
  std::iota(expected.begin(), expected.end(), 0);
  EXPECT_EQ(order, expected);
}

TEST(Submissions, OfABatchBeginInTheirOrder) {
  weave::options chosen;
  chosen.workers = 2;
  weave::runtime own(chosen);
  std::vector<int> order;
  outside([&] {
    struct job {
      std::vector<int> *order;
      int number;
      int operator()() const {
        order->push_back(number);
        return number;
      }
    };
    for (int first = 0; first != 300; first += 100) {
      std::vector<job> jobs;
      for (int i = first; i != first + 100; ++i)
        jobs.push_back({&order, i});
      auto submitted = own.submit_all(jobs.begin(), jobs.end());
      ASSERT_EQ(submitted.size(), 100u);
      for (int i = first; i != first + 100; ++i)
        EXPECT_EQ(submitted[i - first].get(), i);
    }
    const std::array<job, 0> none{};
    EXPECT_TRUE(own.submit_all(none.begin(), none.end()).empty());
  });
  std::vector<int> expected(300);
  std::iota(expected.begin(), expected.end(), 0);
  EXPECT_EQ(order, expected);
}

// A copy that cannot be made: nothing of the batch runs, and the copies made by then are destroyed.
TEST(Submissions, OfABatchRunAllOrNone) {
  struct fragile {
    std::atomic<int> *alive, *ran;
    bool breaks;
    fragile(std::atomic<int> *alive, std::atomic<int> *ran, bool breaks) : alive(alive), ran(ran), breaks(breaks) {
      ++*alive;
    }
    fragile(const fragile &other) : alive(other.alive), ran(other.ran), breaks(other.breaks) {
      if (breaks)
        throw 7;
      ++*alive;
    }
    ~fragile() { --*alive; }
    void operator()() const { ++*ran; }
  };
  std::atomic<int> alive{0}, ran{0};
  {
    std::array<fragile, 3> jobs{fragile(&alive, &ran, false), fragile(&alive, &ran, false),
                                fragile(&alive, &ran, true)};
    outside([&] { EXPECT_THROW(static_cast<void>(weave::submit_all(jobs.begin(), jobs.end())), int); });
  }
  EXPECT_EQ(alive, 0);
  EXPECT_EQ(ran, 0);
}

// Beside an idle worker, while another is in a task that does not end before the submission has run.
TEST(R14, ASubmissionIsNotBehindALongTask) {
  weave::options chosen;
  chosen.workers = 3;
  weave::runtime own(chosen);
  for (int round = 0; round != scaled(50); ++round) {
    std::atomic<bool> begun{false}, ran{false};
    outside([&] {
      auto lasting = own.submit([&] {
        begun = true;
        return comes_true([&] { return ran.load(); });
      });
      ASSERT_TRUE(comes_true([&] { return begun.load(); }));
      own.submit([&] { ran = true; }).get();
      EXPECT_TRUE(lasting.get());
    });
  }
}

TEST(Submissions, OfManyThreadsAllRun) {
  constexpr int threads = 8;
  const int each = static_cast<int>(scaled(2000));
  std::atomic<long> sum{0};
  std::vector<std::thread> submitters;
  for (int t = 0; t != threads; ++t)
    submitters.emplace_back([&sum, each] {
      std::vector<weave::future<int>> submitted;
      for (int i = 1; i <= each; ++i) {
        submitted.push_back(weave::submit([&sum, i] {
          sum += i;
          return i;
        }));
        if (i % 64 == 0)
          dawdle();
      }
      for (int i = 1; i <= each; ++i)
        EXPECT_EQ(submitted[i - 1].get(), i);
    });
  for (std::thread &thread : submitters)
    thread.join();
  EXPECT_EQ(sum, static_cast<long>(threads) * each * (each + 1) / 2);
}

// Workers that fall asleep again and again, and are submitted to at that moment.
TEST(Submissions, WakeWhoSleeps) {
  weave::options chosen;
  chosen.workers = 3;
  chosen.wait = weave::waiting::passive;
  weave::runtime own(chosen);
  outside([&] {
    for (int round = 0; round != scaled(2000); ++round) {
      EXPECT_EQ(own.submit([round] { return round; }).get(), round);
      if (round % 16 == 0)
        std::this_thread::yield();
    }
  });
}

TEST(Submissions, MayFollowOneAnother) {
  outside([] {
    std::function<int(int)> chain = [&](int left) { return left == 0 ? 0 : weave::submit(chain, left - 1).get() + 1; };
    EXPECT_EQ(weave::submit(chain, 20).get(), 20);
  });
}

TEST(Submissions, SpawnLikeAnyOther) {
  outside([] {
    const long found = weave::submit([] {
                         long sum = 0;
                         for (int i = 0; i != 100; ++i) {
                           want_task();
                           sum += weave::spawn([i] { return i; }).get();
                         }
                         return sum;
                       }).get();
    EXPECT_EQ(found, 4950);
  });
}

// A worker that waits runs the call, which another has not begun; what is left of it is found in the inbox.
TEST(Submissions, AreRunByTheWorkerThatWaits) {
  for (int round = 0; round != scaled(2000); ++round)
    ASSERT_EQ(weave::submit([round] { return round; }).get(), round);
}

// The caller's scope ends while the call is not done.
TEST(Submissions, AreNoPartOfTheCallersScope) {
  weave::options chosen;
  chosen.workers = 2;
  weave::runtime own(chosen);
  std::atomic<bool> ends{false};
  weave::future<void> submitted;
  {
    const weave::sync_scope all;
    submitted = own.submit([&] { EXPECT_TRUE(comes_true([&] { return ends.load(); })); });
  }
  ends = true;
  submitted.get();
}

TEST(Submissions, AreWaitedForByTheEndOfTheirRuntime) {
  for (int round = 0; round != scaled(200); ++round) {
    std::atomic<int> ran{0};
    weave::future<void> first, second;
    {
      weave::options chosen;
      chosen.workers = 2;
      weave::runtime own(chosen);
      outside([&] {
        first = own.submit([&] {
          dawdle();
          ++ran;
          second = own.submit([&] { ++ran; });
        });
      });
    }
    ASSERT_EQ(ran, 2);
    ASSERT_TRUE(first.is_ready() && second.is_ready());
  }
}

TEST(Submissions, WaitForEvents) {
  for (int round = 0; round != scaled(200); ++round) {
    weave::flow_event first, second;
    int written = 0;
    weave::future<int> sum;
    outside(
        [&] { sum = weave::submit(weave::depends_on(first, second), [&written](int x) { return written + x; }, 3); });
    outside([&] {
      first.trigger();
      EXPECT_FALSE(sum.is_ready());
      written = 4;
      second.trigger();
      EXPECT_TRUE(is_outside());
    });
    outside([&] { EXPECT_EQ(sum.get(), 7); });
    outside([&] { EXPECT_EQ(weave::submit(weave::depends_on(first), [] { return 1; }).get(), 1); });
  }
}

/// A call that does not end before it is released, and its future.
class held_call {
public:
  explicit held_call(weave::runtime &to)
      : result_(to.submit([this] { return comes_true([this] { return released_.load(); }); })) {}
  ~held_call() { release(); }
  void release() { released_ = true; }
  weave::future<bool> &result() { return result_; }

private:
  std::atomic<bool> released_{false};
  weave::future<bool> result_;
};

TEST(Futures, AreWaitedForUntilADeadline) {
  weave::options chosen;
  chosen.workers = 2;
  weave::runtime own(chosen);
  const auto wait = [&] {
    using namespace std::chrono_literals;
    held_call held(own);
    EXPECT_FALSE(held.result().wait_for(2ms));
    EXPECT_FALSE(held.result().wait_until(std::chrono::system_clock::now() + 2ms));
    EXPECT_FALSE(held.result().wait_until(std::chrono::steady_clock::time_point::min()));
    for (const auto none : {0ms, -5ms, std::chrono::milliseconds::min()})
      EXPECT_FALSE(held.result().wait_for(none));
    held.release();
    EXPECT_TRUE(held.result().wait_for(std::chrono::hours::max()));
    EXPECT_TRUE(held.result().wait_for(-5ms));
    EXPECT_TRUE(held.result().get());
    EXPECT_FALSE(held.result().wait_for(0ms)) << "there is nothing to come";
  };
  outside(wait);
  // By a worker, while another has begun the call.
  held_call other(own);
  EXPECT_FALSE(other.result().wait_for(std::chrono::nanoseconds(0)));
  other.release();
  EXPECT_TRUE(other.result().wait_until(std::chrono::steady_clock::time_point::max()));
}

// The thread sleeps to the end of the call, which comes long before the deadline.
TEST(Futures, WakeWhoWaitsUntilADeadline) {
  outside([] {
    for (int round = 0; round != scaled(1000); ++round) {
      auto submitted = weave::submit([round] { return round; });
      ASSERT_TRUE(submitted.wait_for(std::chrono::hours(1)));
      ASSERT_EQ(submitted.get(), round);
    }
  });
}

TEST(Futures, SayHowTheirCallsCameToBe) {
  auto at_once = weave::future<int>();
  EXPECT_FALSE(at_once.was_spawned() || at_once.was_submitted());
  auto submitted = weave::submit([] {});
  EXPECT_TRUE(submitted.was_submitted());
  EXPECT_FALSE(submitted.was_spawned());
  want_task();
  auto spawned = weave::spawn([] {});
  EXPECT_EQ(spawned.was_spawned(), weave::num_workers() > 1);
  EXPECT_FALSE(spawned.was_submitted());
  submitted.get();
  EXPECT_FALSE(submitted.was_submitted());
}

// A call that a worker spawned, and a thread makes ready that is none.
TEST(Events, AreTriggeredByThreadsThatStayOutside) {
  for (int round = 0; round != scaled(200); ++round) {
    weave::flow_event begin;
    auto delayed = weave::spawn(weave::depends_on(begin), [] { return std::this_thread::get_id(); });
    std::thread::id triggers;
    outside([&] {
      triggers = std::this_thread::get_id();
      begin.trigger();
      EXPECT_TRUE(is_outside());
    });
    EXPECT_NE(delayed.get(), triggers);
  }
}

} // namespace
