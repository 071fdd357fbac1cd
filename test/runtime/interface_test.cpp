// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The library interface, compiled twice: with the runtime, and with the serial stand-ins.
#include "weave/weave.h"

#include <chrono>
#include <gtest/gtest.h>
#include <memory>
#include <numeric>
#include <string>
#include <thread>
#include <vector>

namespace {

TEST(Interface, SpawnAndSync) {
  struct recursion {
    static long fib(int n) {
      if (n < 2)
        return n;
      auto x = weave::spawn(&fib, n - 1);
      const long y = fib(n - 2);
      return weave::sync(x) + y;
    }
  };
  EXPECT_EQ(recursion::fib(18), 2584);
}

TEST(Interface, ResultsOfAnyKind) {
  int variable = 0;
  auto nothing = weave::spawn([&variable] { variable = 1; });
  nothing.wait();
  EXPECT_TRUE(nothing.is_ready() && nothing.valid());
  sync(nothing);
  EXPECT_FALSE(nothing.valid());
  EXPECT_EQ(variable, 1);
  EXPECT_EQ(&weave::spawn([](int &x) -> int & { return x; }, std::ref(variable)).get(), &variable);
  weave::future<std::unique_ptr<int>> owner;
  owner = weave::spawn([](std::unique_ptr<int> x) { return x; }, std::make_unique<int>(3));
  EXPECT_EQ(*sync(std::move(owner)), 3);
}

TEST(Interface, Exceptions) {
  auto failing = weave::spawn([](int x) -> std::string { throw x; }, 5);
  failing.wait();
  EXPECT_TRUE(failing.valid());
  EXPECT_THROW(failing.get(), int);
  EXPECT_FALSE(failing.valid());
}

TEST(Interface, WaitForAllAndForAny) {
  std::vector<weave::future<int>> results;
  for (int i = 0; i != 20; ++i)
    results.push_back(weave::spawn([i] { return i; }));
  int sum = 0;
  while (results.size() > 10) {
    const auto ready = weave::wait_any(results.begin(), results.end());
    sum += ready->get();
    results.erase(ready);
  }
  weave::wait_all(results.begin(), results.end());
  for (auto &each : results)
    sum += each.get();
  EXPECT_EQ(sum, 190);
  auto a = weave::spawn([] {}), b = weave::spawn([] {});
  weave::wait_all(a, b);
  EXPECT_LT(weave::wait_any(a, b), 2u);
}

TEST(Interface, Events) {
  int x = 0, y = 0;
  weave::flow_event first, each(10, 0, -2);
  auto write = weave::spawn([&] {
    x = 1;
    first.trigger();
  });
  for (int i = 10; i > 0; i -= 2)
    each.trigger(i);
  auto read = weave::spawn(weave::depends_on(first, each[4], each), [&x, &y](int z) { y = x + z; }, 4);
  sync(read);
  EXPECT_EQ(y, 5);
  sync(write);
}

TEST(InterfaceErrors, ASecondTrigger) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(
      {
        weave::flow_event once(0, 3);
        once.trigger(1);
        once.trigger(1);
      },
      "interface_test.cpp:[0-9]+: weave: error: a flow_event is triggered a second time\n.*interface_test.cpp:[0-9]+: note:");
}

#ifndef WEAVE_PARALLEL
TEST(InterfaceErrors, AwaitedBeforeItHappens) {
  EXPECT_DEATH(
      {
        weave::flow_event late;
        auto waits = weave::spawn(weave::depends_on(late), [] {});
        late.trigger();
      },
      "interface_test.cpp:[0-9]+: weave: error: .*not triggered yet.*\n.*interface_test.cpp:[0-9]+: note:");
}
#endif

TEST(Interface, DetachedCallsAndScopes) {
  int x = 0, y = 0, z = 0;
  weave::flow_event written;
  {
    weave::sync_scope all;
    weave::spawn_detached([&x](int value) { x = value; }, 3);
    written.trigger();
    weave::spawn_detached(weave::depends_on(written), [&y] { y = 4; });
  }
  EXPECT_EQ(x + y, 7);
  weave::spawn_detached([&z] { z = 5; });
  weave::sync_root();
  EXPECT_EQ(z, 5);
}

TEST(Interface, Submissions) {
  weave::runtime own;
  std::vector<int (*)()> calls{[] { return 1; }, [] { return 2; }};
  int sum = 0;
  std::thread([&] {
    auto one = own.submit([](int x) { return x; }, 3);
    EXPECT_TRUE(one.wait_for(std::chrono::hours(1)));
    EXPECT_TRUE(one.wait_until(std::chrono::system_clock::now()));
    sum = one.get() + weave::submit([] { return 4; }).get();
    for (auto &each : own.submit_all(calls.begin(), calls.end()))
      sum += each.get();
    weave::flow_event happened;
    happened.trigger();
    sum += own.submit(weave::depends_on(happened), [] { return 5; }).get();
    auto failing = weave::submit([]() -> int { throw 7; });
    EXPECT_THROW(failing.get(), int);
    own.request_stop();
  }).join();
  own.run_forever();
  own.run_until([&own] { return own.stop_requested(); });
  own.run_pending();
  EXPECT_EQ(sum, 15);
}

TEST(Interface, AHandleWithoutTasksIsReady) {
  const weave::handle free;
  EXPECT_TRUE(free.is_ready());
}

TEST(Interface, AskingTheRuntime) {
  weave::options two{2};
  two.bind = weave::binding::none;
  two.wait = weave::waiting::passive;
  const weave::runtime own(two);
  EXPECT_GE(weave::num_workers(), 1u);
  EXPECT_LT(weave::worker_id(), weave::num_workers());
  EXPECT_GE(weave::worker_slots(), weave::num_workers());
  weave::load_balance();
  weave::trim();
}

} // namespace
