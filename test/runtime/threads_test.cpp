// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Any thread of the program may spawn tasks; it needs no set-up and may end at any time.
#include "programs.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <set>
#include <vector>

namespace {

using weave::detail::frame;
using namespace weave::test;

template <class Body> void in_threads(int count, Body body) {
  std::vector<std::thread> threads;
  for (int i = 0; i != count; ++i)
    threads.emplace_back([&body, i] { body(i); });
  for (std::thread &each : threads)
    each.join();
}

TEST(Threads, SpawnAtTheSameTime) {
  std::atomic<int> right{0};
  in_threads(12, [&right](int) {
    for (int i = 0; i != 20; ++i)
      right += fib(16) == 987;
  });
  EXPECT_EQ(right, 240);
}

TEST(Threads, ComeAndGo) {
  for (int round = 0; round != scaled(400); ++round) {
    long result = 0;
    std::thread([&result] { result = fib(12); }).join();
    ASSERT_EQ(result, 144);
  }
}

TEST(Threads, BeyondTheLimitRunTheirTasksInPlace) {
  constexpr int count = 300;
  std::mutex mutex;
  std::condition_variable changed;
  int enrolled = 0;
  std::atomic<int> right{0};
  in_threads(count, [&](int) {
    right += fib(10) == 55 && weave::worker_id() < weave::worker_slots();
    std::unique_lock lock(mutex);
    ++enrolled;
    changed.notify_all();
    changed.wait(lock, [&] { return enrolled == count; }); // so that all of them are there at once
    lock.unlock();
    right += fib(10) == 55;
  });
  EXPECT_EQ(right, 2 * count);
}

TEST(Threads, HaveNumbersOfTheirOwn) {
  constexpr unsigned count = 20;
  std::mutex mutex;
  std::condition_variable changed;
  std::set<unsigned> numbers;
  in_threads(count, [&](int) {
    const unsigned mine = weave::worker_id();
    std::unique_lock lock(mutex);
    numbers.insert(mine);
    changed.notify_all();
    changed.wait_for(lock, std::chrono::seconds(20), [&] { return numbers.size() == count; });
  });
  EXPECT_EQ(numbers.size(), count) << "two live threads have the same number";
}

// What a program does that counts by worker: each thread has an element of its own, stand-ins and threads of the program too.
TEST(Threads, CountInTheirSlots) {
  struct alignas(64) counter {
    long tasks = 0;
  };
  std::vector<counter> per_worker(weave::worker_slots());
  const auto count = [&per_worker] { ++per_worker.at(weave::worker_id()).tasks; };
  constexpr int threads = 8, rounds = 50, tasks = 10;
  in_threads(threads, [&](int) {
    for (int round = 0; round != scaled(rounds, 5); ++round) {
      std::vector<weave::future<void>> calls;
      for (int i = 0; i != tasks; ++i) {
        want_task();
        calls.push_back(weave::spawn([&count] { // which waits inside a task, so that others stand in
          want_task();
          auto inner = weave::spawn([&count] {
            dawdle(1);
            count();
          });
          dawdle(1);
          inner.get();
          count();
        }));
      }
      for (auto &each : calls)
        each.get();
    }
  });
  long all = 0;
  for (const counter &each : per_worker)
    all += each.tasks;
  EXPECT_EQ(all, 2 * threads * scaled(rounds, 5) * tasks);
}

TEST(Threads, TasksRunOnWorkers) {
  std::mutex mutex;
  std::set<unsigned> numbers;
  const unsigned here = weave::worker_id();
  frame tasks;
  for (int i = 0; i != scaled(2000, 5); ++i) {
    want_task();
    tasks.spawn([&] {
      dawdle(1);
      const std::lock_guard lock(mutex);
      numbers.insert(weave::worker_id());
    });
  }
  tasks.sync();
  const auto stands_in = [](unsigned number) { return (number - weave::num_workers()) % 2 == 1; };
  for (unsigned number : numbers) // one that stood in for a worker of a test before may just have looked for more
    EXPECT_TRUE(number < weave::num_workers() || number == here || stands_in(number)) << number;
  if (weave::num_workers() == 1) {
    EXPECT_EQ(numbers.size(), 1u);
  }
}

TEST(Threads, R14AnyIdleWorkerTakesWhatAForeignThreadSpawns) {
  if (weave::num_workers() == 1)
    GTEST_SKIP() << "needs an idle worker";
  for (int round = 0; round != 50; ++round) {
    std::atomic<bool> ran{false};
    std::thread foreign([&ran] {
      frame tasks;
      want_task();
      tasks.spawn([&ran] { ran = true; });
      EXPECT_TRUE(comes_true([&ran] { return ran.load(); })) << "it has to join its task itself";
    });
    comes_true([&ran] { return ran.load(); }); // the root is busy, and never looks
    foreign.join();
  }
}

// Objects of the thread that are destroyed before and after its worker is given back.
thread_local struct spawns_at_exit {
  std::atomic<long> *sum = nullptr;
  ~spawns_at_exit() {
    if (sum)
      *sum += fib(12);
  }
} before_enrolment, after_enrolment;

TEST(Threads, SpawnInDestructorsAtTheirEnd) {
  for (int round = 0; round != 50; ++round) {
    std::atomic<long> sum{0};
    std::thread([&sum] {
      before_enrolment.sum = &sum;
      sum += fib(12);
      after_enrolment.sum = &sum;
    }).join();
    ASSERT_EQ(sum, 3 * 144);
  }
}

TEST(Threads, ThrowAndCatchTheirOwnExceptions) {
  std::atomic<int> right{0};
  in_threads(8, [&right](int thread) {
    for (int i = 0; i != 100; ++i) {
      try {
        frame tasks;
        WEAVE_TRY {
          want_task();
          tasks.spawn([thread] { throw thread; });
          tasks.sync();
        }
        WEAVE_CATCH(tasks)
      } catch (int caught) {
        right += caught == thread;
      }
    }
  });
  EXPECT_EQ(right, 800);
}

TEST(Threads, LoadBalanceMayBeCalledAnywhere) {
  weave::load_balance();
  std::thread([] { weave::load_balance(); }).join();
  std::atomic<int> done{0};
  frame tasks;
  for (int i = 0; i != 200; ++i) {
    want_task();
    tasks.spawn([&done] {
      weave::load_balance();
      ++done;
    });
    weave::load_balance();
  }
  tasks.sync();
  EXPECT_EQ(done, 200);
}

} // namespace
