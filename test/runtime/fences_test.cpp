// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Direct tasks that their owner keeps while all others are busy, and how thieves get them: by heavy fences, or without, where the system forbids those.
#include "programs.h"

#include <atomic>
#include <cstddef>
#include <linux/filter.h>
#include <linux/membarrier.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

using weave::detail::current;
using weave::detail::frame;
using weave::detail::region_frame;
using weave::test::comes_true;
using testing::ExitedWithCode;

template <class Task, class Meanwhile> void fork_and_join(Task task, Meanwhile meanwhile) {
  region_frame tasks;
  auto forked = tasks.fork(task);
  meanwhile();
  forked.join();
}

/// Calls `program(release)` while all other workers are busy, up to the call of `release`. False: one of them could not be had.
template <class Program> bool while_others_are_busy(Program program) {
  const unsigned others = weave::num_workers() - 1;
  std::atomic<unsigned> held{0};
  std::atomic<bool> released{false};
  frame tasks;
  for (unsigned i = 0; i != others; ++i) {
    weave::test::want_task();
    tasks.spawn([&, owner = std::this_thread::get_id()] {
      if (std::this_thread::get_id() == owner)
        return;
      ++held;
      while (!released)
        std::this_thread::yield();
    });
    if (!comes_true([&held, i] { return held == i + 1; }))
      break;
  }
  const bool all = held == others;
  if (all)
    program([&released] { released = true; });
  released = true;
  tasks.sync();
  return all;
}

/// Whether the system has what heavy fences are made of.
bool has_fences() {
  const long commands = syscall(SYS_membarrier, MEMBARRIER_CMD_QUERY, 0, 0);
  return commands > 0 && (commands & MEMBARRIER_CMD_PRIVATE_EXPEDITED) != 0;
}

/// Puts tasks on offer in silence, each of which must end while its owner still computes.
void expect_kept_tasks_to_be_taken(int rounds) {
  int kept = 0, taken = 0;
  for (int round = 0; round != rounds; ++round)
    ASSERT_TRUE(while_others_are_busy([&](auto release) {
      weave::test::want_task();
      weave::detail::ask_again(*current); // for a direct task, also of thieves that ask for many tasks at once
      std::atomic<bool> ran{false};
      fork_and_join([&ran] { ran = true; },
                    [&] {
                      const bool silent = current->kept.load() && current->direct.is_biased();
                      release();
                      kept += silent;
                      taken += silent && comes_true([&ran] { return ran.load(); });
                    });
    }));
  EXPECT_EQ(taken, kept);
  EXPECT_TRUE(kept > 0 || !has_fences());
}

TEST(Fences, R8AKeptTaskStartsThoughItsOwnerComputes) {
  if (weave::num_workers() < 2)
    GTEST_SKIP() << "nobody is there to take it";
  expect_kept_tasks_to_be_taken(20);
}

// From a runtime whose first thread was not the only one when it started.
TEST(Fences, R8AKeptTaskStartsInARuntimeOfAProgramWithThreads) {
  std::atomic<bool> ended{false};
  std::thread other([&ended] {
    while (!ended)
      std::this_thread::yield();
  });
  {
    weave::options options;
    options.workers = 2;
    const weave::runtime two(options);
    expect_kept_tasks_to_be_taken(20);
  }
  ended = true;
  other.join();
}

/// From now on the system refuses what heavy fences are made of to all threads, as the sandbox of a browser or a container may.
bool forbid_fences() {
  sock_filter rules[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_membarrier, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  sock_fprog program{sizeof rules / sizeof *rules, rules};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program) == 0;
}

constexpr int cannot_be_forbidden = 77, is_right = 0, is_wrong = 1;

int run_forbidden(bool from_the_start) {
  setenv("WEAVE_NUM_THREADS", "3", 1);
  if (from_the_start && !forbid_fences())
    return cannot_be_forbidden;
  bool right = weave::test::fib(16) == 987;
  while_others_are_busy([&](auto release) {
    if (!from_the_start && !forbid_fences())
      std::_Exit(cannot_be_forbidden);
    int runs = 0;
    for (int i = 0; i != 1000; ++i)
      fork_and_join([&runs] { ++runs; },
                    [&] {
                      if (i == 500)
                        release();
                      if (i > 500)
                        weave::test::dawdle(1);
                    });
    right = right && runs == 1000;
  });
  return right && weave::test::fib(16) == 987 ? is_right : is_wrong;
}

class Forbidden : public testing::Test {
protected:
  void SetUp() override { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

void exits_right(bool from_the_start) {
  EXPECT_EXIT(std::exit(run_forbidden(from_the_start)), [](int status) { return ExitedWithCode(is_right)(status) || ExitedWithCode(cannot_be_forbidden)(status); }, "");
}

TEST_F(Forbidden, FencesFromTheStart) { exits_right(true); }

TEST_F(Forbidden, FencesWhileSomethingIsKept) { exits_right(false); }

} // namespace
