// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a task sees of its thread besides variables, whoever runs it: how floating-point numbers are rounded, the exception that is being handled, signals.
#include "programs.h"

#include <array>
#include <atomic>
#include <cfenv>
#include <csignal>
#include <exception>
#include <pthread.h>
#include <stdexcept>
#include <string>
#include <unistd.h>
#include <vector>
#include <xmmintrin.h>

namespace {

using weave::detail::frame;
using weave::detail::region;
using namespace weave::test;
using testing::ExitedWithCode;

constexpr std::array<int, 4> modes = {FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO, FE_TONEAREST};

/// How the calling thread computes.
struct computing {
  int rounding = fegetround(); // as the x87 says
  unsigned sse = _mm_getcsr() & ~_MM_EXCEPT_MASK;
  bool operator==(const computing &other) const { return rounding == other.rounding && sse == other.sse; }
};

void compute(int mode, bool flush) {
  std::fesetround(mode);
  _MM_SET_FLUSH_ZERO_MODE(flush ? _MM_FLUSH_ZERO_ON : _MM_FLUSH_ZERO_OFF);
}

class Surroundings : public testing::Test {
protected:
  void TearDown() override { std::fesetenv(FE_DFL_ENV); }
};

// It may be stolen, or taken back where the function computes in another way.
TEST_F(Surroundings, ATaskComputesAsItsSpawnDid) {
  for (int round = 0; round != scaled(400, 5); ++round) {
    std::array<computing, 8> seen;
    std::array<computing, 8> wanted;
    frame tasks;
    for (unsigned i = 0; i != 8; ++i) {
      compute(modes[(i + unsigned(round)) % 4], i % 3 == 0);
      wanted[i] = computing();
      want_task();
      std::string no_batch = "of closures that own something";
      tasks.spawn([&seen, i, no_batch] { seen[i] = computing(); });
    }
    compute(modes[round % 4], false);
    const computing before;
    tasks.sync();
    ASSERT_EQ(computing(), before);
    for (unsigned i = 0; i != 8; ++i)
      ASSERT_EQ(seen[i], wanted[i]) << i;
  }
}

// The first slow step of a worker that computes otherwise than the runtime was started: from then on nothing is biased.
void end_biases() {
  weave::num_workers();
  compute(FE_DOWNWARD, true);
  want_task();
  frame tasks;
  tasks.spawn([] {});
  tasks.sync();
}

TEST_F(Surroundings, ADirectTaskComputesAsItsSpawnDid) {
  end_biases();
  for (int round = 0; round != scaled(400, 5); ++round) {
    computing seen;
    compute(modes[round % 4], round % 3 == 0);
    const computing wanted;
    want_direct();
    region([&seen, round](auto &tasks) {
      auto task = tasks.fork([&seen] { seen = computing(); });
      compute(modes[(round + 1) % 4], false);
      dawdle(round % 8);
      task.join();
      tasks.sync();
    });
    ASSERT_EQ(seen, wanted);
    ASSERT_EQ(fegetround(), modes[(round + 1) % 4]);
  }
}

TEST_F(Surroundings, MembersOfABatchComputeAsTheirSpawnsDid) {
  constexpr int count = 500;
  std::array<int, count> seen{};
  frame tasks;
  for (int i = 0; i != count; ++i) {
    std::fesetround(modes[i / 5 % 4]);
    want_task();
    if (weave::detail::current->shares) // many at once
      weave::detail::current->wanted.store(weave::detail::request::for_tasks(40));
    tasks.spawn([&seen, i] {
      seen[i] = fegetround();
    });
  }
  std::fesetround(FE_TONEAREST);
  tasks.sync();
  for (int i = 0; i != count; ++i)
    ASSERT_EQ(seen[i], modes[i / 5 % 4]) << i;
}

TEST_F(Surroundings, ALoopComputesAsItsFunctionDoes) {
  using weave::detail::bound;
  using weave::detail::direction;
  for (int round = 0; round != 20; ++round) {
    compute(modes[round % 4], round % 3 == 0);
    const computing wanted;
    std::atomic<long> different{0};
    weave::detail::parallel_for(weave::detail::iterations<int, bound::less, direction::up>(0, 2000, 1), [&](int begin, int end) {
      dawdle(1);
      for (int i = begin; i < end; ++i)
        different += !(computing() == wanted);
    });
    ASSERT_EQ(different, 0);
    ASSERT_EQ(computing(), wanted);
  }
}

TEST_F(Surroundings, CallsComputeAsTheirSpawnsDid) {
  for (int round = 0; round != scaled(100, 5); ++round) {
    std::atomic<int> detached{-1};
    {
      const weave::sync_scope all;
      std::fesetround(FE_UPWARD);
      want_task();
      weave::spawn_detached([&detached] { detached = fegetround(); });
      std::fesetround(FE_DOWNWARD);
      want_task();
      auto call = weave::spawn([] { return fegetround(); });
      std::fesetround(FE_TONEAREST);
      EXPECT_EQ(call.get(), FE_DOWNWARD);
    }
    EXPECT_EQ(detached, FE_UPWARD);
    EXPECT_EQ(fegetround(), FE_TONEAREST);
  }
}

TEST_F(Surroundings, AThiefForgetsWhatATaskChanges) {
  const unsigned me = weave::worker_id();
  for (int round = 0; round != scaled(200, 5); ++round) {
    std::atomic<int> different{0};
    frame tasks;
    for (int i = 0; i != 8; ++i) {
      want_task();
      tasks.spawn([&, i] {
        different += fegetround() != FE_TONEAREST;
        dawdle(i % 3);
        if (weave::worker_id() != me) // in place it is the function itself that changes
          compute(FE_UPWARD, true);
      });
    }
    tasks.sync();
    ASSERT_EQ(different, 0);
    ASSERT_EQ(fegetround(), FE_TONEAREST);
  }
}

TEST_F(Surroundings, WhatATaskRaisesIsRaisedAtItsJoin) {
  for (int round = 0; round != scaled(200, 5); ++round) {
    std::feclearexcept(FE_ALL_EXCEPT);
    double quotient = 0;
    frame tasks;
    want_task();
    tasks.spawn([&quotient, fails = round % 2] {
      dawdle(2);
      volatile double one = 1, divisor = fails ? 0 : 1;
      quotient = one / divisor;
    });
    dawdle(round % 5);
    tasks.sync();
    ASSERT_EQ(std::fetestexcept(FE_DIVBYZERO) != 0, round % 2 == 1) << quotient;
  }
}

std::string handled() {
  try {
    throw;
  } catch (const std::exception &error) {
    return error.what();
  }
}

TEST_F(Surroundings, ATaskInAHandlerSeesTheException) {
  for (int round = 0; round != scaled(300, 5); ++round) {
    try {
      throw std::runtime_error("outer");
    } catch (const std::exception &outer) {
      const std::exception *seen[3] = {};
      std::string texts[3];
      frame tasks;
      for (int i = 0; i != 3; ++i) {
        want_task();
        tasks.spawn([&, i] {
          try {
            throw;
          } catch (const std::exception &error) {
            seen[i] = &error;
          }
          try {
            throw std::logic_error("inner");
          } catch (...) {
            texts[i] = handled();
          }
          texts[i] += handled();
        });
      }
      dawdle(round % 4);
      tasks.sync();
      for (int i = 0; i != 3; ++i) {
        ASSERT_EQ(seen[i], &outer);
        ASSERT_EQ(texts[i], "innerouter");
      }
      ASSERT_EQ(handled(), "outer");
    }
    ASSERT_EQ(std::current_exception(), nullptr);
  }
}

TEST_F(Surroundings, ALoopInAHandlerSeesTheException) {
  using weave::detail::bound;
  using weave::detail::direction;
  for (int round = 0; round != 10; ++round) {
    try {
      throw std::runtime_error("handled");
    } catch (...) {
      std::atomic<int> different{0};
      weave::detail::parallel_for(weave::detail::iterations<int, bound::less, direction::up>(0, 500, 1), [&](int begin, int end) {
        dawdle(1);
        for (int i = begin; i < end; ++i)
          different += handled() != "handled";
      });
      ASSERT_EQ(different, 0);
    }
  }
}

TEST_F(Surroundings, ATaskInAHandlerMayThrowOn) {
  for (int round = 0; round != scaled(200, 5); ++round) {
    std::string caught;
    try {
      try {
        throw std::runtime_error("passed on");
      } catch (...) {
        frame tasks;
        WEAVE_TRY {
          want_task();
          tasks.spawn([] { throw; });
          dawdle(round % 4);
          tasks.sync();
        }
        WEAVE_CATCH(tasks)
      }
    } catch (const std::exception &error) {
      caught = error.what();
    }
    ASSERT_EQ(caught, "passed on");
  }
}

// Whoever runs it may be handling something else, or be in a destructor that an exception calls on its way.
TEST_F(Surroundings, OtherTasksSeeNoException) {
  for (int round = 0; round != scaled(300, 5); ++round) {
    std::atomic<int> with{0};
    const auto look = [&with] { with += std::current_exception() != nullptr || std::uncaught_exceptions() != 0; };
    frame before;
    want_task();
    before.spawn(look);
    try {
      frame unwound;
      want_task();
      unwound.spawn(look);
      want_task();
      unwound.spawn(look);
      throw std::runtime_error("on its way");
    } catch (...) {
      before.sync();
      EXPECT_EQ(handled(), "on its way");
    }
    try {
      frame unwound;
      WEAVE_TRY {
        want_task();
        unwound.spawn(look);
        throw std::runtime_error("on its way");
      }
      WEAVE_CATCH(unwound)
    } catch (...) {
    }
    ASSERT_EQ(with, 0);
  }
}

TEST_F(Surroundings, WorkersTakeNoSignalOfTheProcess) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(
      {
        setenv("WEAVE_NUM_THREADS", "4", 1);
        fib(15);
        sigset_t set;
        sigemptyset(&set);
        sigaddset(&set, SIGUSR1);
        pthread_sigmask(SIG_BLOCK, &set, nullptr);
        int right = 0;
        for (int i = 0; i != 100; ++i) {
          kill(getpid(), SIGUSR1);
          int which = 0;
          sigwait(&set, &which);
          right += which == SIGUSR1;
        }
        std::_Exit(right == 100 ? 0 : 1);
      },
      ExitedWithCode(0), "");
}

TEST_F(Surroundings, WorkersTakeTheSignalsThatTheyCause) {
  if (weave::num_workers() == 1)
    GTEST_SKIP() << "needs a helper";
  std::atomic<bool> ran{false};
  sigset_t mask;
  sigemptyset(&mask);
  frame tasks;
  want_task();
  tasks.spawn([&] {
    pthread_sigmask(SIG_BLOCK, nullptr, &mask);
    ran = true;
  });
  EXPECT_TRUE(comes_true([&ran] { return ran.load(); }));
  for (const int each : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGSYS, SIGABRT, SIGPROF})
    EXPECT_FALSE(sigismember(&mask, each)) << each;
  for (const int each : {SIGINT, SIGTERM, SIGHUP, SIGALRM, SIGCHLD, SIGUSR1, SIGRTMIN})
    EXPECT_TRUE(sigismember(&mask, each)) << each;
}

} // namespace
