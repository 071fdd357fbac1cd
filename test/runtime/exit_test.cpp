// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// How a process starts, idles and ends. Each test runs in a process of its own.
#include "support.h"

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <sys/syscall.h>
#include <unistd.h>

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

// It ends after the default runtime, which starts later.
struct submits_late {
  submits_late() {}
  ~submits_late() {
    try {
      weave::submit([] {}).get();
    } catch (const std::runtime_error &refused) {
      std::fputs(refused.what(), stderr);
      std::fflush(stderr);
      _exit(7);
    }
  }
};

TEST_F(Process, RefusesWhatIsSubmittedAtItsEnd) {
  const auto submit_late = [] {
    static const submits_late late;
    weave::submit([] {}).get();
    std::exit(0);
  };
  EXPECT_EXIT(submit_late(), ExitedWithCode(7), "a call is submitted to a runtime that has ended");
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

// How often each other thread of this process has been put to sleep. Nothing if one runs, or could.
std::optional<std::map<std::string, std::string>> sleeps_of_others() {
  std::map<std::string, std::string> sleeps;
  for (const auto &entry : std::filesystem::directory_iterator("/proc/self/task")) {
    const std::string thread = entry.path().filename();
    if (thread == std::to_string(syscall(SYS_gettid)))
      continue;
    std::ifstream status(entry.path() / "status");
    for (std::string line; std::getline(status, line);) {
      if (line.find("State:") == 0 && line.find("S (sleeping)") == std::string::npos)
        return std::nullopt;
      if (line.find("voluntary_ctxt_switches:") == 0)
        sleeps[thread] = line;
    }
  }
  return sleeps;
}

// Whether there comes a while in which none of them ran.
bool others_sleep() {
  return comes_true([] {
    const auto before = sleeps_of_others();
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    return before && !before->empty() && before == sleeps_of_others();
  });
}

void idle() {
  start_with("4");
  std::exit(others_sleep() ? 0 : 1);
}

TEST_F(Process, R17IdleWorkersSleep) { EXPECT_EXIT(idle(), ExitedWithCode(0), ""); }

void wait_for_tasks_that_sleep() {
  start_with("4");
  std::promise<void> seen;
  const std::shared_future<void> wake_up = seen.get_future();
  std::thread observer([&] {
    if (!others_sleep())
      std::_Exit(1);
    seen.set_value();
  });
  {
    frame tasks;
    for (int i = 0; i != 2; ++i) {
      want_task();
      tasks.spawn([wake_up] { wake_up.wait(); });
    }
  }
  observer.join();
  std::exit(0);
}

TEST_F(Process, R17WaitingWorkersSleep) { EXPECT_EXIT(wait_for_tasks_that_sleep(), ExitedWithCode(0), ""); }

} // namespace
