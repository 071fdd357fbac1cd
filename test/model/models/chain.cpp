// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tasks behind one another in a slot, which takes more tasks than slots, and thieves that ask while the owner looks
// whether it should make one.
#include "harness.h"
#include "worker.h"

namespace weave::model {
namespace {

detail::worker &me() { return static_cast<detail::worker &>(*detail::current); }

// The owner must not lose what is behind the task that it takes back.
TEST(Chain, ATaskIsTakenBackFromInFrontOfAnother) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 2, [] {
    constexpr int tasks = protocol::limits::offers + 1;
    int runs[tasks] = {};
    detail::runtime &home = me().home();
    home.retire(*home.enrol()); // who counts as one to be supplied, so that every slot is filled
    const auto ask = [&wanted = me().wanted] { wanted.store(detail::request::for_tasks(1), order::seq_cst); };
    thread first(ask), second(ask);
    {
      detail::frame frame;
      for (int i = 0; i != tasks; ++i)
        frame.spawn([&runs, i] { ++runs[i]; });
      frame.sync();
    }
    for (int i = 0; i != tasks; ++i)
      check(runs[i] == 1, "each task ran once");
    first.join();
    second.join();
  }));
}

} // namespace
} // namespace weave::model
