// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What clauses make of a spawn.
#include "support.h"

#include <atomic>
#include <memory>
#include <thread>

namespace {

using namespace weave::test;
using weave::detail::frame;
using weave::detail::graph_frame;
using weave::detail::when;

TEST(When, RunsTheStatementHereIfItsConditionDoesNotHold) {
  for (int round = 0; round != scaled(200, 5); ++round) {
    frame tasks;
    want_task();
    std::thread::id ran_on;
    when(false, tasks).spawn([&ran_on] { ran_on = std::this_thread::get_id(); });
    ASSERT_EQ(ran_on, std::this_thread::get_id());
    tasks.sync();
  }
}

TEST(When, WaitsForConflictsAlsoIfItsConditionDoesNotHold) {
  for (int round = 0; round != scaled(200, 5); ++round) {
    graph_frame tasks;
    int value = 0;
    want_task();
    tasks.spawn_after({weave::detail::out(value)}, [&value] {
      dawdle();
      value = 1;
    });
    when(false, tasks).spawn_after({weave::detail::inout(value)}, [&value] { value *= 5; });
    when(true, tasks).spawn_after({weave::detail::inout(value)}, [&value] { value += 2; });
    tasks.sync();
    ASSERT_EQ(value, 7);
  }
}

TEST(Own, IsTheCopyThatTheTaskMayChange) {
  for (int round = 0; round != scaled(200, 5); ++round) {
    frame tasks;
    int table[2] = {1, 2}, seen = 0;
    auto pointer = std::make_unique<int>(3);
    if (round % 2)
      want_task();
    tasks.spawn([table, pointer = std::move(pointer), &seen] {
      auto &mine = weave::detail::own(table);
      mine[0] = 5;
      const std::unique_ptr<int> taken = std::move(weave::detail::own(pointer));
      seen = table[0] + *taken;
    });
    tasks.sync();
    ASSERT_EQ(seen, 8);
    ASSERT_EQ(table[0], 1);
  }
}

} // namespace
