// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A breach of a contract ends an execution like any other failure: by its name, with a schedule to replay.
#include "models/harness.h"

#include <string_view>

namespace {

using namespace weave::model;

void expect_breach(const result &found, std::string_view claim) {
  EXPECT_NE(found.failure.find(claim), std::string::npos) << found;
  EXPECT_FALSE(found.schedule.empty());
}

TEST(Contracts, CallThatOnlyTheOwnerMayMake) {
  const result found = explore_program({0, 0}, 1, [] {
    auto &mine = static_cast<weave::detail::worker &>(*weave::detail::current);
    thread other([&] { mine.ran_members(1); });
    other.join();
  });
  expect_breach(found, "broken contract: a worker counts what it ran itself");
}

TEST(Contracts, TaskThatEndsTwiceInItsScope) {
  const result found = explore_program({0, 0}, 1, [] {
    weave::detail::scope counts;
    counts.made();
    counts.ended();
    counts.ended();
  });
  expect_breach(found, "broken contract: a task ends once in its scope");
}

// The thread that is started runs later as a rule. Only where it comes first does a task end that has not begun.
TEST(Contracts, BreachThatOnlySomeSchedulesReach) {
  const result found = explore_program({1, 0}, 1, [] {
    weave::handle bound;
    thread task([&] { weave::detail::handle_access::end(bound); });
    weave::detail::handle_access::begin(bound);
    task.join();
  });
  expect_breach(found, "broken contract: a task ends once for its handle");
  EXPECT_GT(found.executions, 1u);
}

} // namespace
