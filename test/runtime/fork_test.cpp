// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A forked child has one thread and none of the helpers of its parent: it starts its own. What it cannot finish, because a thread of the parent has it, is one clear error.
#include "programs.h"

#include <atomic>
#include <csignal>
#include <optional>
#include <stdexcept>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace {

using namespace weave::detail;
using namespace weave::test;

class Fork : public testing::Test {
protected:
  void SetUp() override {
    if (sanitized)
      GTEST_SKIP() << "a thread that the child does not have may hold a lock of AddressSanitizer, and ThreadSanitizer lets a child start no threads";
  }
};

bool works() { return fib(16) == 987; }

// Whether somebody else runs a task of this thread, if there is anybody else.
bool is_helped() {
  std::atomic<bool> elsewhere{false};
  for (int round = 0; round != 20; ++round) {
    std::atomic<bool> ran{false};
    frame tasks;
    want_task();
    tasks.spawn([&ran, &elsewhere, me = std::this_thread::get_id()] {
      if (std::this_thread::get_id() != me)
        elsewhere = true;
      ran = true;
    });
    if (!comes_true([&ran] { return ran.load(); }))
      return false;
  }
  return elsewhere || weave::num_workers() == 1;
}

struct ending {
  int status;
  std::string said; ///< To stderr.
};

/// Forks. The child returns false if it must go on, the parent true when the child has ended.
bool in_parent(ending &child) {
  int channel[2];
  if (pipe(channel) != 0)
    std::abort();
  std::fflush(nullptr);
  const pid_t pid = fork();
  if (pid == 0) {
    alarm(60); // a hang
    dup2(channel[1], STDERR_FILENO);
    close(channel[0]);
    close(channel[1]);
    return false;
  }
  close(channel[1]);
  child.said.clear();
  char text[256];
  for (ssize_t bytes; (bytes = read(channel[0], text, sizeof text)) > 0;)
    child.said.append(text, static_cast<std::size_t>(bytes));
  close(channel[0]);
  waitpid(pid, &child.status, 0);
  return true;
}

/// Runs `program` in a child, which ends as a program does.
template <class Program> ending in_child(Program program) {
  ending child{};
  if (!in_parent(child))
    std::exit(program() ? 0 : 9);
  return child;
}

bool ended_well(const ending &child) { return WIFEXITED(child.status) && WEXITSTATUS(child.status) == 0; }
bool said_why(const ending &child) {
  return WIFEXITED(child.status) && WEXITSTATUS(child.status) == EXIT_FAILURE && child.said.find("weave: error: a forked child waits for") == 0;
}

#define EXPECT_ENDED_WELL(...)                                                                                         \
  do {                                                                                                                 \
    const ending child = __VA_ARGS__;                                                                                  \
    EXPECT_TRUE(ended_well(child)) << "status " << child.status << ": " << child.said;                                 \
  } while (false)

// The child's own runtime takes it, and that of the parent, of which it has a copy, refuses it.
TEST_F(Fork, ACallIsSubmittedInTheChild) {
  weave::options chosen;
  chosen.workers = 2;
  std::optional<weave::runtime> own(std::in_place, chosen);
  own->submit([] {}).get();
  const ending child = in_child([&own] {
    try {
      static_cast<void>(own->submit([] {}));
      return false;
    } catch (const std::runtime_error &) {
    }
    bool ran = false;
    std::thread([&ran] { ran = weave::submit([] { return true; }).get(); }).join();
    return ran;
  });
  EXPECT_TRUE(ended_well(child)) << child.said;
}

// A thread of the parent has begun it.
TEST_F(Fork, AChildWaitsForACallThatWasSubmittedInTheParent) {
  weave::options chosen;
  chosen.workers = 2;
  weave::runtime own(chosen);
  std::atomic<bool> begun{false}, ends{false};
  auto lasting = own.submit([&] {
    begun = true;
    comes_true([&] { return ends.load(); });
  });
  ASSERT_TRUE(comes_true([&] { return begun.load(); }));
  const ending child = in_child([&lasting] { return lasting.get(), true; });
  ends = true;
  EXPECT_TRUE(said_why(child)) << child.said;
}

TEST_F(Fork, AChildRunsTasksAsItsParentDoes) {
  for (int round = 0; round != 10; ++round) {
    ASSERT_TRUE(works());
    EXPECT_ENDED_WELL(in_child([] { return works() && is_helped() && works(); }));
    ASSERT_TRUE(works());
  }
}

// Whoever ran it gave its memory back, which the parent has not taken yet.
TEST_F(Fork, AChildOfWhoMadeATaskThatAnotherEnded) {
  if (weave::num_workers() < 2)
    GTEST_SKIP() << "needs a second worker";
  const auto ran_elsewhere = [me = std::this_thread::get_id()] {
    std::atomic<bool> begun{false}, elsewhere{false};
    {
      weave::sync_scope all;
      want_task();
      detached().spawn([&] {
        elsewhere = std::this_thread::get_id() != me;
        begun = true;
      });
      comes_true([&begun] { return begun.load(); }, std::chrono::seconds(1));
    }
    return elsewhere.load();
  };
  ASSERT_TRUE(comes_true(ran_elsewhere));
  EXPECT_ENDED_WELL(in_child([] { return works() && is_helped(); }));
}

TEST_F(Fork, AChildHasChildren) {
  ASSERT_TRUE(works());
  EXPECT_ENDED_WELL(in_child([] { return works() && ended_well(in_child([] { return is_helped() && works(); })) && works(); }));
}

TEST_F(Fork, AThreadOfTheProgramForks) {
  ASSERT_TRUE(works());
  std::thread([] {
    ASSERT_TRUE(works());
    EXPECT_ENDED_WELL(in_child([] { return works() && is_helped(); }));
    EXPECT_TRUE(works());
  }).join();
}

TEST_F(Fork, AChildStartsThreads) {
  ASSERT_TRUE(works());
  EXPECT_ENDED_WELL(in_child([] {
    std::atomic<int> right{0};
    std::thread first([&] { right += works(); }), second([&] { right += works(); });
    right += works();
    first.join();
    second.join();
    return right == 3;
  }));
}

TEST_F(Fork, ARuntimeOfItsOwnWorksAlone) {
  ending child{};
  bool here = false;
  {
    weave::runtime mine({3});
    EXPECT_TRUE(works());
    here = in_parent(child);
    EXPECT_TRUE(works());
  }
  if (!here)
    std::exit(works() && is_helped() && !testing::Test::HasFailure() ? 0 : 9);
  EXPECT_TRUE(ended_well(child)) << child.said;
}

TEST_F(Fork, WhileOthersWork) {
  std::atomic<bool> stop{false};
  std::thread other([&stop] {
    while (!stop)
      fib(12);
  });
  for (int round = 0; round != 20; ++round)
    EXPECT_ENDED_WELL(in_child([] { return works() && is_helped(); }));
  stop = true;
  other.join();
}

// What is on offer is done in the child as in the parent; what is running elsewhere cannot be.
TEST_F(Fork, WithTasksOutstanding) {
  for (int round = 0; round != 20; ++round) {
    std::atomic<int> ran{0};
    ending child{};
    bool here;
    {
      frame tasks;
      for (int i = 0; i != 8; ++i) {
        want_task();
        tasks.spawn([&ran, round] {
          dawdle(static_cast<unsigned>(round));
          ++ran;
        });
      }
      here = in_parent(child);
      tasks.sync();
    }
    if (!here)
      std::exit(ran == 8 && is_helped() && works() ? 0 : 9);
    EXPECT_EQ(ran, 8);
    ASSERT_TRUE(ended_well(child) || said_why(child)) << "status " << child.status << ": " << child.said;
  }
}

TEST_F(Fork, WithAGraphOutstanding) {
  for (int round = 0; round != 20; ++round) {
    long x = 0, y = 0;
    ending child{};
    bool here;
    {
      graph_frame tasks;
      for (int i = 0; i != 8; ++i) {
        want_task();
        tasks.spawn_after({inout(x)}, [&x, round] {
          dawdle(static_cast<unsigned>(round % 5));
          ++x;
        });
        tasks.spawn_after({in(x), inout(y)}, [&x, &y] { y += x; });
      }
      here = in_parent(child);
      tasks.spawn_after({inout(y)}, [&y] { ++y; });
      tasks.sync();
    }
    if (!here)
      std::exit(x == 8 && y == 37 && is_helped() && works() ? 0 : 9);
    EXPECT_EQ(y, 37);
    ASSERT_TRUE(ended_well(child) || said_why(child)) << "status " << child.status << ": " << child.said;
  }
}

TEST_F(Fork, WithAFutureOutstanding) {
  for (int round = 0; round != 20; ++round) {
    ending child{};
    want_task();
    weave::future<int> result = weave::spawn([round] {
      dawdle(static_cast<unsigned>(round));
      return round;
    });
    const bool here = in_parent(child);
    const bool right = result.get() == round;
    if (!here)
      std::exit(right && is_helped() && works() ? 0 : 9);
    EXPECT_TRUE(right);
    ASSERT_TRUE(ended_well(child) || said_why(child)) << "status " << child.status << ": " << child.said;
  }
}

// Nobody waits in the child for the task that goes on there. It can still do something else first.
TEST_F(Fork, InsideATask) {
  for (int round = 0; round != 20; ++round) {
    ending child{};
    bool here = true;
    frame tasks;
    want_task();
    tasks.spawn([&] {
      here = in_parent(child);
      if (!here && round % 2)
        std::exit(works() ? 0 : 9);
    });
    std::this_thread::sleep_for(std::chrono::microseconds(50 * (round / 2))); // a helper takes it, or not
    tasks.sync();
    if (!here)
      std::exit(works() ? 0 : 9);
    ASSERT_TRUE(ended_well(child) || (round % 2 == 0 && said_why(child))) << "status " << child.status << ": " << child.said;
  }
}

// The child joins what it has, then leaves the runtime of its parent.
TEST_F(Fork, WithADirectTask) {
  for (int round = 0; round != 5; ++round) {
    ending child{};
    bool is_child = false, works_again = false;
    std::atomic<bool> ran{false};
    want_direct();
    region([&](auto &tasks) {
      long x = 0;
      auto borrow = tasks.borrow();
      auto task = tasks.fork([&x, &ran] {
        x = 7;
        ran = true;
      });
      const auto is_taken = [] { return !current->is_direct_free() && !current->offers_direct(); };
      if (round & 1 && current->shares && !current->is_direct_free()) {
        ASSERT_TRUE(comes_true([&ran] { return ran.load(); })); // then it is done in the child too
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      }
      const bool was_taken = is_taken() && !ran;
      is_child = !in_parent(child);
      if (is_child && was_taken)
        std::_Exit(0); // it could not go on
      task.join();
      tasks.sync();
      works_again = x == 7;
    });
    if (is_child)
      std::_Exit(works_again && works() && is_helped() ? 0 : 9);
    ASSERT_TRUE(works_again);
    ASSERT_TRUE(ended_well(child) || said_why(child)) << child.said;
  }
}

} // namespace
