// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// weave::handle: one task is asked for and waited for, whatever the others do.
#include "support.h"

#include <atomic>
#include <deque>
#include <vector>

namespace {

using weave::handle;
using weave::detail::frame;
using weave::detail::graph_frame;
using namespace weave::test;

TEST(Handles, AreReadyUnlessTheirTaskIsNotDone) {
  handle bound;
  EXPECT_TRUE(bound.is_ready());
  EXPECT_FALSE(bound.is_spawned());
  for (int round = 0; round != scaled(300, 5); ++round) {
    handle mine;
    int x = 0;
    {
      frame tasks;
      want_task();
      tasks.spawn(mine, [&x] {
        dawdle();
        x = 1;
      });
      EXPECT_TRUE(mine.is_spawned());
      if (mine.is_ready()) {
        ASSERT_EQ(x, 1);
      }
      tasks.sync(mine);
      ASSERT_TRUE(mine.is_ready());
      ASSERT_EQ(x, 1);
    }
  }
}

template <class Frame> void wait_beside_another() {
  if (weave::num_workers() == 1)
    GTEST_SKIP() << "runs every task at once";
  handle mine, others;
  std::atomic<bool> started{false}, released{false};
  int x = 0;
  Frame tasks;
  want_task();
  tasks.spawn(others, [&] {
    started = true;
    comes_true([&] { return released.load(); });
  });
  if (others.is_ready()) // it ran here
    return;
  ASSERT_TRUE(comes_true([&] { return started.load(); }));
  want_task();
  tasks.spawn(mine, [&x] { x = 1; });
  tasks.sync(mine);
  EXPECT_EQ(x, 1);
  EXPECT_FALSE(others.is_ready());
  released = true;
  tasks.sync();
  EXPECT_TRUE(others.is_ready());
}

TEST(Handles, WaitForTheirTaskOnly) {
  if (weave::num_workers() != 1)
    weave::spawn([] {}).get(); // somebody may be there to take tasks
  wait_beside_another<frame>();
}

TEST(Handles, WaitForTheirTaskOfAGraphOnly) { wait_beside_another<graph_frame>(); }

TEST(Handles, StandForSeveralTasks) {
  for (int round = 0; round != scaled(100, 5); ++round) {
    generator numbers(round);
    constexpr int count = 64;
    std::deque<handle> handles(1 + below(numbers, 5));
    std::vector<int> done(count);
    std::vector<std::size_t> bound(count);
    frame tasks;
    for (int i = 0; i != count; ++i) {
      bound[i] = below(numbers, static_cast<unsigned>(handles.size()));
      want_task();
      tasks.spawn(handles[bound[i]], [&done, i] { done[i] = i + 1; });
      if (below(numbers, 8) == 0) {
        const std::size_t awaited = below(numbers, static_cast<unsigned>(handles.size()));
        tasks.sync(handles[awaited]);
        for (int k = 0; k <= i; ++k)
          if (bound[k] == awaited) {
            ASSERT_EQ(done[k], k + 1);
          }
      }
    }
    tasks.sync();
    for (handle &each : handles)
      ASSERT_TRUE(each.is_ready());
    for (int i = 0; i != count; ++i)
      ASSERT_EQ(done[i], i + 1);
  }
}

TEST(Handles, OrderedTasks) {
  for (int round = 0; round != scaled(100, 5); ++round) {
    handle first, last;
    int x = 0, y = 0;
    graph_frame tasks;
    want_task();
    tasks.spawn_after(first, {weave::detail::out(x)}, [&x] {
      dawdle();
      x = 1;
    });
    tasks.spawn_after(last, {weave::detail::in(x), weave::detail::out(y)}, [&x, &y] { y = x + 1; });
    tasks.sync(last);
    ASSERT_TRUE(first.is_ready());
    ASSERT_EQ(y, 2);
  }
}

#if defined(__cpp_exceptions)
template <class Frame> void throw_once() {
  for (int round = 0; round != scaled(100, 5); ++round) {
    handle failing, good;
    Frame tasks;
    int caught = 0;
    try {
      want_task();
      tasks.spawn(failing, [] { throw 7; });
      want_task();
      tasks.spawn(good, [] {});
      tasks.sync(good);
      tasks.sync(failing);
    } catch (int thrown) {
      caught = thrown;
    }
    ASSERT_EQ(caught, 7);
    ASSERT_TRUE(failing.is_ready());
    tasks.sync(failing);
    tasks.sync(); // does not throw it again
  }
}

TEST(Handles, ThrowWhatTheirTaskThrew) { throw_once<frame>(); }
TEST(Handles, ThrowWhatTheirTaskOfAGraphThrew) { throw_once<graph_frame>(); }
#endif

TEST(Handles, OfWhatRunsInPlace) {
  handle mine, unfinished;
  int x = 0;
  frame tasks;
  weave::detail::when(false, tasks).spawn(mine, [&x] { x = 1; });
  EXPECT_TRUE(mine.is_ready() && mine.is_spawned());
  EXPECT_EQ(x, 1);
  graph_frame graph;
  weave::detail::when(false, graph).spawn_after(mine, {weave::detail::inout(x)}, [&x] { ++x; });
  graph.sync(mine);
  EXPECT_EQ(x, 2);
  const auto is_ready = [&unfinished] { return unfinished.is_ready(); };
  bool ready;
  weave::detail::unfinished{unfinished}, ready = is_ready();
  EXPECT_FALSE(ready);
  EXPECT_TRUE(unfinished.is_ready());
}

long fib(int n) {
  if (n < 2)
    return n;
  return weave::detail::region([n](auto &tasks) -> long {
    long x, y;
    handle left;
    auto borrowed = tasks.borrow();
    tasks.spawn(left, [&x, n] { x = fib(n - 1); });
    y = fib(n - 2);
    tasks.sync(left);
    return x + y;
  });
}

TEST(Handles, InRegions) { EXPECT_EQ(fib(22), 17711); }

} // namespace
