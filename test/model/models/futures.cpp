// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Futures on the real workers (sections 4 and 5 of runtime/protocol/README.md): each call runs once, its result reaches whoever waits,
// on whatever thread, and its memory is freed once.
#include "futures.h"
#include "harness.h"

#include <stdexcept>

namespace weave::model {
namespace {

TEST(Futures, AResult) {
  WEAVE_EXPECT_HOLDS(explore_program({3, 1}, 2, [] {
    auto result = spawn([] { return 7; });
    check(result.get() == 7, "the result of the call");
  }));
}

TEST(Futures, TwoResults) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 1}, 2, [] {
    auto one = spawn([] { return 1; });
    auto two = spawn([] { return 2; });
    check(one.get() == 1 && two.get() == 2, "the results of the calls");
  }));
}

TEST(Futures, OneDropped) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 1}, 2, [] {
    int runs = 0;
    { auto dropped = spawn([&] { ++runs; }); }
    check(runs == 1, "the call ended before its future");
  }));
}

TEST(Futures, TheCallIsLong) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 1}, 2, [] {
    atomic<int> released{0};
    auto result = spawn([&] {
      released.wait(0, order::acquire);
      return 7;
    });
    auto releases = spawn([&] {
      released.store(1, order::release);
      released.notify_one();
    });
    let_others_finish(); // the helper has one of them
    released.store(1, order::release);
    released.notify_one();
    releases.get();
    check(result.get() == 7, "the result of the call");
  }));
}

TEST(Futures, WhicheverIsFirst) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 2, [] {
    int runs = 0;
    auto one = spawn([&] { return 1; });
    auto two = spawn([&] { return 2; });
    const std::size_t first = wait_any(one, two);
    check((first == 0 ? one : two).is_ready(), "the one that is named is ready");
    runs = one.get() + two.get();
    check(runs == 3, "the results of the calls");
  }));
}

TEST(Futures, ForAThreadOutside) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 1}, 2, [] {
    auto result = spawn([] { return 7; });
    thread guest = outside([&] { check(result.get() == 7, "the result of the call"); });
    guest.join();
  }));
}

// What the thread outside has begun still lies in its maker's slot. The second of the two to let go frees it.
TEST(Futures, ItsMakerFindsItBegun) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 2, [] {
    auto below = spawn([] { return 1; });
    auto above = spawn([] { return 2; });
    thread guest = outside([&] { check(above.get() == 2, "the result of the call"); });
    check(below.get() == 1, "the result of the call");
    guest.join();
  }));
}

TEST(Futures, FromATask) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 2, [] {
    auto outer = spawn([] {
      auto inner = spawn([] { return 3; });
      return inner.get() + 4;
    });
    check(outer.get() == 7, "the result of the call");
  }));
}

TEST(Futures, PassedToATask) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 2, [] {
    auto first = spawn([] { return 3; });
    auto second = spawn([first = std::move(first)]() mutable { return first.get() + 4; });
    check(second.get() == 7, "the result of the call");
  }));
}

// The second must not lie on top of the first while that waits for its own child, which the thread that passes it on has taken.
TEST(Futures, PassedToATaskWhileTheFirstWaits) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 2, [] {
    flow_event ended;
    auto last = spawn(depends_on(ended), [] {});
    future<int> first, second;
    first = spawn([&, owner = detail::current] {
      detail::frame frame;
      int runs = 0;
      frame.spawn([&, owner] {
        ++runs;
        if (detail::current != owner || !first.valid())
          return;
        second = spawn([first = std::move(first)]() mutable { return first.get() + 4; });
        let_others_finish();
      });
      let_others_finish(); // the owner takes it
      frame.sync();
      ended.trigger();
      return runs;
    });
    last.get();
    check((second.valid() ? second.get() : first.get() + 4) == 5, "the result of the call");
  }));
}

TEST(Futures, ADelayedCall) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 1}, 2, [] {
    int x = 0;
    flow_event written;
    auto read = spawn(depends_on(written), [&x] { return x; });
    x = 7;
    written.trigger();
    check(read.get() == 7, "after the event");
  }));
}

TEST(Futures, ACallThatTwoThreadsMakeReady) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 2, [] {
    int x = 0, y = 0;
    flow_event first, second;
    auto sum = spawn(depends_on(first, second), [&] { return x + y; });
    auto other = spawn([&] { x = 3, first.trigger(); });
    y = 4;
    second.trigger();
    check(sum.get() == 7, "after both events");
  }));
}

// The thread may sleep when the event happens, and is the only one that can run the call.
TEST(Futures, ADelayedCallAndAThreadOutside) {
  WEAVE_EXPECT_HOLDS(explore_program({3, 1}, 1, [] {
    flow_event begin;
    auto result = spawn(depends_on(begin), [] { return 7; });
    thread guest = outside([&] { check(result.get() == 7, "the result of the call"); });
    begin.trigger();
    guest.join();
  }));
}

// What the event promises has been written by who triggered it, whether that was before the call was delayed, after, or meanwhile.
TEST(Futures, AnEventThatHappensMeanwhile) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 1}, 1, [] {
    int x = 0;
    flow_event written;
    thread guest = outside([&] {
      x = 7;
      written.trigger();
    });
    auto read = spawn(depends_on(written), [&x] { return x; });
    check(read.get() == 7, "what was written before the event");
    guest.join();
  }));
}

// Whoever triggers the event runs the call, and lets go of it while its holder may be ahead.
TEST(Futures, AThreadOutsideMakesACallReady) {
  WEAVE_EXPECT_HOLDS(explore_program({3, 1}, 1, [] {
    flow_event begin;
    thread guest = outside([&] { begin.trigger(); });
    check(spawn(depends_on(begin), [] { return 7; }).get() == 7, "the result of the call");
    guest.join();
  }));
}

// Whoever makes a call ready may find one waiter when it looks, and another in its place.
TEST(Futures, OneWaiterLeavesAndAnotherEnters) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 1}, 1, [] {
    flow_event first, second;
    auto one = spawn(depends_on(first), [] { return 1; });
    auto two = spawn(depends_on(second), [] { return 2; });
    thread guest = outside([&] {
      check(wait_any(one, two) < 2, "one of them");
      check(one.get() == 1, "the result of the call");
    });
    second.trigger();
    first.trigger();
    guest.join();
  }));
}

TEST(Futures, AnException) {
  WEAVE_EXPECT_HOLDS(explore_program({2, 0}, 2, [] {
    auto failing = spawn([]() -> int { throw std::runtime_error("thrown"); });
    bool caught = false;
    try {
      failing.get();
    } catch (const std::runtime_error &) {
      caught = true;
    }
    check(caught, "the exception reached the reader");
  }));
}

} // namespace
} // namespace weave::model
