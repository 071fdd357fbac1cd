// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Workers, brought by hand into states that a program reaches only now and then.
#include "protocol/limits.h"
#include "runtime.h"
#include "worker.h"

#include <atomic>
#include <chrono>
#include <gtest/gtest.h>
#include <thread>

namespace {

using namespace weave::detail;

template <class Done> bool comes_true(Done done) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!done()) {
    if (std::chrono::steady_clock::now() > deadline)
      return false;
    std::this_thread::yield();
  }
  return true;
}

struct flag_task : task {
  explicit flag_task(worker_base &owner) : task(&run_it, owner, sizeof(flag_task), alignof(flag_task)) {}
  static void run_it(task &self) noexcept { static_cast<flag_task &>(self).ran = true; }
  std::atomic<bool> ran{false};
};

// The calling thread's worker for as long as this lives.
struct participation {
  explicit participation(runtime &home) : mine(*home.enrol()) { current = &mine; }
  ~participation() {
    mine.home().retire(mine);
    current = before;
  }
  worker_base *before = current;
  worker &mine;
};

// R8: two workers sleep. An offer wakes the one whose awaited task ends at the same moment, so that it goes its own
// way: it must wake the other.
TEST(Worker, R8PassesAWakeUpOnWhenItStopsWaiting) {
  runtime home(2); // this thread's worker and a helper
  std::atomic<bool> leave{false};
  std::atomic<flag_task *> awaited{nullptr};
  std::thread waiter([&] {
    const participation waiting(home);
    flag_task started_elsewhere(waiting.mine);
    awaited = &started_elsewhere;
    waiting.mine.wait(started_elsewhere);
    EXPECT_TRUE(comes_true([&] { return leave.load(); }));
  });
  ASSERT_TRUE(comes_true([&] { return awaited && awaited.load()->state == progress::awaited; }));
  std::this_thread::sleep_for(std::chrono::milliseconds(50)); // both fall asleep
  {
    const participation offering(home);
    ASSERT_GT(offering.mine.index(), 1u) << "the waiter must be the first to be woken";
    flag_task offered(offering.mine);
    awaited.load()->state = progress::done;
    offering.mine.send(offered);
    EXPECT_TRUE(comes_true([&] { return offered.state == progress::done; })) << "the helper sleeps beside a ready task";
    EXPECT_TRUE(offered.ran || offering.mine.take_back(offered));
  }
  leave = true;
  waiter.join();
}

TEST(Worker, StandInsLeaveRoomForThreads) {
  runtime home(2);
  for (unsigned i = 0; i != weave::protocol::limits::further_threads; ++i)
    home.block(); // which starts a stand-in
  worker *const enrolled = home.enrol(), *const another = home.enrol();
  ASSERT_TRUE(enrolled);
  ASSERT_TRUE(another);
  home.retire(*another);
  home.retire(*enrolled);
  for (unsigned i = 0; i != weave::protocol::limits::further_threads; ++i)
    home.unblock();
}

// A task on offer stays within reach of others while its owner waits, and when its owner leaves it is run.
TEST(Worker, RunsWhatItOffersBeforeItLeaves) {
  runtime home(1);
  participation *here = new participation(home);
  flag_task first(here->mine), second(here->mine), third(here->mine);
  first.next = &second;
  here->mine.send(first);
  here->mine.send(third);
  delete here;
  EXPECT_TRUE(first.ran && second.ran && third.ran);
}

// An idle helper takes a task, and all behind it, from whoever offers it.
TEST(Worker, HelpersRunListsOfTasks) {
  runtime home(3);
  const participation here(home);
  for (int round = 0; round != 200; ++round) {
    flag_task first(here.mine), second(here.mine), third(here.mine);
    first.next = &second;
    second.next = &third;
    here.mine.send(first);
    for (flag_task *each : {&first, &second, &third})
      ASSERT_TRUE(comes_true([&] { return each->state == progress::done; }));
    ASSERT_TRUE(first.ran && second.ran && third.ran);
  }
}

// Whoever takes the task of a worker asks it for the next, and so does the worker when it takes its last one back.
TEST(Worker, ATakenTaskLeavesARequestBehind) {
  runtime home(1);
  const participation here(home);
  worker victim(home, 1, true);
  flag_task first(victim), second(victim), third(victim);
  victim.send(first);
  victim.send(second);
  victim.wanted = request::none;
  EXPECT_EQ(victim.request(7), &first);
  EXPECT_EQ(victim.wanted, request::for_tasks(7));
  EXPECT_EQ(victim.request(7), &second);
  EXPECT_EQ(victim.request(7), nullptr);
  victim.wanted = request::none;
  victim.send(third);
  victim.wanted = request::none;
  EXPECT_TRUE(victim.take_back(third));
  EXPECT_NE(victim.wanted, request::none);
}

} // namespace
