// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Variables that tasks make.
#include "support.h"

#include <atomic>
#include <memory>

namespace {

using namespace weave::test;
using weave::detail::frame;
using weave::detail::graph_frame;
using weave::detail::in_place;
using weave::detail::spawned;

std::atomic<int> alive{0};
struct counted {
  int value;
  explicit counted(int value) : value(value) { ++alive; }
  counted(const counted &other) : value(other.value) { ++alive; }
  ~counted() { --alive; }
};

template <class Frame> class Spawned : public testing::Test {};
using frames = testing::Types<frame, graph_frame, in_place>;
TYPED_TEST_SUITE(Spawned, frames);

TYPED_TEST(Spawned, IsMadeByItsTaskAndEndsWithItsBlock) {
  for (int round = 0; round != scaled(300, 5); ++round) {
    TypeParam tasks;
    {
      if (round % 2)
        want_task();
      auto weave_x = spawned(tasks, [round] {
        dawdle();
        return counted(round);
      });
      tasks.spawn(weave_x.task());
      auto &x = weave_x.get();
      tasks.sync();
      ASSERT_EQ(x.value, round);
      ASSERT_EQ(alive, 1);
    }
    ASSERT_EQ(alive, 0);
  }
}

TYPED_TEST(Spawned, EndsAfterItsTaskAlsoWithoutASync) {
  for (int round = 0; round != scaled(300, 5); ++round) {
    TypeParam tasks;
    int caught = 0;
    try {
      want_task();
      auto weave_x = spawned(tasks, [round] {
        dawdle();
        return counted(round);
      });
      tasks.spawn(weave_x.task());
      if (round % 2)
        throw 1;
    } catch (int) {
      ++caught;
    }
    ASSERT_EQ(caught, round % 2);
    ASSERT_EQ(alive, 0);
  }
}

TYPED_TEST(Spawned, IsNotDestroyedIfItsTaskThrew) {
  for (int round = 0; round != scaled(300, 5); ++round) {
    int caught = 0;
    try {
      TypeParam tasks;
      if (round % 2)
        want_task();
      auto weave_x = spawned(tasks, []() -> counted {
        dawdle(1);
        throw 1;
      });
      tasks.spawn(weave_x.task());
      tasks.sync();
    } catch (int) {
      ++caught;
    }
    ASSERT_EQ(caught, 1);
    ASSERT_EQ(alive, 0);
  }
}

} // namespace
