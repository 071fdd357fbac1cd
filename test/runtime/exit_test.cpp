// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// How a process starts, idles and ends. Each test runs in a process of its own.
#include "support.h"

#include <atomic>
#include <cstdlib>
#include <sys/resource.h>

namespace {

using weave::detail::frame;
using namespace weave::test;
using testing::ExitedWithCode;

class Process : public testing::Test {
protected:
  // The child starts anew, so that its runtime reads the environment that the child sets.
  void SetUp() override { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

void spawn_some(int count = 100) {
  std::atomic<int> done{0};
  {
    frame tasks;
    for (int i = 0; i != count; ++i) {
      want_task();
      tasks.spawn([&done] { ++done; });
    }
  }
  if (done != count)
    std::abort();
}

void start_with(const char *threads) {
  setenv("WEAVE_NUM_THREADS", threads, 1);
  spawn_some();
}

TEST_F(Process, RefusesABadNumberOfThreads) {
  for (const char *bad : {"0", "abc", "100000", "-1", "+2", " 2", "2 ", "2x", "1.5", "0x2", "99999999999999999999"})
    EXPECT_EXIT(start_with(bad), ExitedWithCode(EXIT_FAILURE), "^weave: error: WEAVE_NUM_THREADS is '.*'.*from 1 to")
        << bad;
}

TEST_F(Process, TakesAGoodNumberOfThreads) {
  for (const char *good : {"1", "2", "08", "65"})
    EXPECT_EXIT((start_with(good), std::exit(weave::num_workers() == unsigned(std::atoi(good)) ? 0 : 1)),
                ExitedWithCode(0), "")
        << good;
  EXPECT_EXIT((start_with(""), std::exit(weave::num_workers() >= 1 ? 0 : 1)), ExitedWithCode(0), "");
}

constexpr int repetitions = sanitized ? 3 : 10;

TEST_F(Process, ExitsWithIdleHelpers) {
  for (int i = 0; i != repetitions; ++i) {
    EXPECT_EXIT((start_with("4"), std::exit(3)), ExitedWithCode(3), "");
    EXPECT_EXIT((start_with("4"), std::this_thread::sleep_for(std::chrono::milliseconds(5)), std::exit(3)),
                ExitedWithCode(3), "");
  }
}

void exit_inside_a_block() {
  spawn_some();
  int borrowed[50] = {};
  frame tasks;
  for (int &each : borrowed) {
    want_task();
    tasks.spawn([&each] {
      dawdle();
      each = 1;
    });
  }
  std::exit(5);
}

TEST_F(Process, ExitsWithTasksPending) {
  for (int i = 0; i != repetitions; ++i)
    EXPECT_EXIT(exit_inside_a_block(), ExitedWithCode(5), "");
}

void exit_from_a_task(int which) {
  spawn_some();
  frame tasks;
  for (int i = 0; i != 20; ++i) {
    want_task();
    tasks.spawn([i, which] {
      dawdle();
      if (i == which)
        std::exit(4);
    });
  }
  tasks.sync();
  std::exit(6);
}

TEST_F(Process, ExitsFromATask) {
  for (int which = 0; which < 20; which += sanitized ? 7 : 2)
    EXPECT_EXIT(exit_from_a_task(which), ExitedWithCode(4), "");
}

void exit_beside_busy_threads() {
  for (int i = 0; i != 3; ++i)
    std::thread([] {
      for (;;)
        spawn_some(20);
    }).detach();
  spawn_some();
  std::exit(7);
}

TEST_F(Process, ExitsWhileOtherThreadsSpawn) {
  for (int i = 0; i != repetitions; ++i)
    EXPECT_EXIT(exit_beside_busy_threads(), ExitedWithCode(7), "");
}

void spawn_in_static_destructors() {
  static struct late {
    ~late() { spawn_some(); }
  } before;
  spawn_some();
  static late after;
  std::atexit([] { spawn_some(); });
  std::exit(8);
}

TEST_F(Process, SpawnsInStaticDestructors) {
  for (int i = 0; i != repetitions; ++i)
    EXPECT_EXIT(spawn_in_static_destructors(), ExitedWithCode(8), "");
}

double processor_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval &time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void idle_for_a_second() {
  start_with("4");
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  const double before = processor_seconds();
  std::this_thread::sleep_for(std::chrono::seconds(1));
  const double used = processor_seconds() - before;
  std::fprintf(stderr, "used %g s\n", used);
  std::exit(used < 0.2 ? 0 : 1);
}

TEST_F(Process, R17IdleWorkersSleep) { EXPECT_EXIT(idle_for_a_second(), ExitedWithCode(0), ""); }

void wait_for_a_second() {
  start_with("4");
  double used = 0;
  frame tasks;
  for (int i = 0; i != 2; ++i) {
    want_task();
    tasks.spawn([] { std::this_thread::sleep_for(std::chrono::seconds(1)); });
  }
  const double before = processor_seconds();
  tasks.sync();
  used = processor_seconds() - before;
  std::fprintf(stderr, "used %g s\n", used);
  std::exit(used < 0.2 ? 0 : 1);
}

TEST_F(Process, R17WaitingWorkersSleep) { EXPECT_EXIT(wait_for_a_second(), ExitedWithCode(0), ""); }

} // namespace
