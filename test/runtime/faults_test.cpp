// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Each allocation and each start of a thread fails in turn: the work is done all the same, or there is one clear error, and nothing leaks.
#include "faults.h"
#include "support.h"

#include <array>
#include <atomic>
#include <new>
#include <vector>

namespace {

using namespace weave::detail;
using namespace weave::test;
using testing::ExitedWithCode;

void spawn_from_a_tree(int depth, std::atomic<int> &ran) {
  ++ran;
  if (depth == 0)
    return;
  frame tasks;
  WEAVE_TRY {
    want_task();
    tasks.spawn([depth, &ran] { spawn_from_a_tree(depth - 1, ran); });
    spawn_from_a_tree(depth - 1, ran);
    tasks.sync();
  }
  WEAVE_CATCH(tasks)
}

void run_a_tree() {
  std::atomic<int> ran{0};
  spawn_from_a_tree(6, ran);
  EXPECT_EQ(ran, 127);
}

void run_large_tasks() {
  std::atomic<int> ran{0};
  std::array<char, 2000> ballast{1};
  frame tasks;
  for (int i = 0; i != 40; ++i) {
    want_task();
    tasks.spawn([&ran, ballast] { ran += ballast[0]; });
  }
  tasks.sync();
  EXPECT_EQ(ran, 40);
}

void run_a_loop() {
  long sum = 0;
  for (int round = 0; round != 20; ++round) {
    want_task();
    parallel_reduce(iterations<int, bound::less, direction::up>(0, 1000, 1),
                    [](int begin, int end, long &partial) {
                      for (int i = begin; i != end; ++i)
                        partial += i;
                    },
                    reduction<plus>(sum));
  }
  EXPECT_EQ(sum, 20 * 499500);
}

void run_a_graph() {
  std::array<long, 8> values{};
  {
    graph_frame tasks;
    WEAVE_TRY {
      for (int i = 0; i != 100; ++i) {
        long &from = values[i % 3], &to = values[3 + i % 5];
        want_task();
        tasks.spawn_after({in(from), inout(to)}, [&from, &to, i] { to = to * 3 + from + i; });
        tasks.spawn_after({inout(from)}, [&from] { ++from; });
      }
      tasks.sync();
    }
    WEAVE_CATCH(tasks)
  }
  std::array<long, 8> expected{};
  for (int i = 0; i != 100; ++i) {
    expected[3 + i % 5] = expected[3 + i % 5] * 3 + expected[i % 3] + i;
    ++expected[i % 3];
  }
  EXPECT_EQ(values, expected);
}

void run_futures() {
  long sum = 0;
  for (int i = 0; i != 20; ++i) {
    want_task();
    weave::future<long> first = weave::spawn([i] { return 2L * i; });
    weave::future<long> second = weave::spawn([i] { return 3L * i; });
    sum += first.get() + second.get();
  }
  EXPECT_EQ(sum, 950);
}

constexpr long too_many = 100000;

/// Runs `program` with an allocation that fails, for each of its allocations.
template <class Program> void fail_each_allocation(Program program) {
  program(); // what is allocated once only
  for (long nth = 1;; ++nth) {
    ASSERT_LT(nth, too_many);
    const long before = live_blocks;
    bool struck;
    {
      const fault planted(until_allocation_fails, nth);
      try {
        program();
      } catch (const std::bad_alloc &) {
      }
      struck = planted.struck();
    }
    ASSERT_EQ(live_blocks, before) << "something leaks when allocation " << nth << " fails";
    if (!struck) {
      EXPECT_GT(nth, 1) << "nothing is allocated";
      return;
    }
  }
}

template <class Work> auto in_a_runtime(unsigned workers, Work work) {
  return [=] {
    weave::runtime all({workers});
    work();
  };
}

TEST(FailedAllocation, AtTheStart) {
  for (unsigned workers : {1u, 2u, 4u})
    fail_each_allocation(in_a_runtime(workers, [] {}));
}

TEST(FailedAllocation, InATree) {
  for (unsigned workers : {1u, 3u})
    fail_each_allocation(in_a_runtime(workers, run_a_tree));
}

TEST(FailedAllocation, InLargeTasks) {
  for (unsigned workers : {1u, 3u})
    fail_each_allocation(in_a_runtime(workers, run_large_tasks));
}

TEST(FailedAllocation, InALoop) {
  for (unsigned workers : {1u, 3u})
    fail_each_allocation(in_a_runtime(workers, run_a_loop));
}

TEST(FailedAllocation, InAGraph) {
  for (unsigned workers : {1u, 3u})
    fail_each_allocation(in_a_runtime(workers, run_a_graph));
}

TEST(FailedAllocation, InFutures) {
  for (unsigned workers : {1u, 3u})
    fail_each_allocation(in_a_runtime(workers, run_futures));
}

void enrol_without_memory(long nth) {
  weave::num_workers();
  std::thread([nth] {
    const fault planted(until_allocation_fails, nth);
    run_a_tree();
  }).join();
  std::exit(testing::Test::HasFailure());
}

void start_without_memory(long nth) {
  setenv("WEAVE_NUM_THREADS", "3", 1);
  bool struck;
  {
    const fault planted(until_allocation_fails, nth);
    run_a_tree();
    struck = planted.struck();
  }
  std::exit(testing::Test::HasFailure() ? 1 : struck ? 3 : 2);
}

class FailedAllocationInAProcess : public testing::Test {
protected:
  void SetUp() override { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

TEST_F(FailedAllocationInAProcess, WhenAThreadEnrols) {
  for (long nth = 1; nth != 4; ++nth)
    EXPECT_EXIT(enrol_without_memory(nth), ExitedWithCode(0), "");
}

TEST_F(FailedAllocationInAProcess, AtTheFirstTask) {
  const auto clear = [](int status) {
    return WIFEXITED(status) && (WEXITSTATUS(status) == EXIT_FAILURE || WEXITSTATUS(status) == 3);
  };
  for (long nth = 1; nth != 9; ++nth)
    EXPECT_EXIT(start_without_memory(nth), clear, "^(weave: error: there is not enough memory to start the workers; set .*)?$") << nth;
}

TEST(FailedThread, IsDoneWithout) {
  for (unsigned workers : {2u, 5u})
    for (long nth = 1; nth != workers; ++nth) {
      const long before = live_blocks;
      {
        const fault planted(until_thread_fails, nth);
        weave::runtime all({workers});
        EXPECT_TRUE(planted.struck());
        run_a_tree();
        run_a_loop();
        run_a_graph();
      }
      ASSERT_EQ(live_blocks, before);
    }
}

} // namespace
