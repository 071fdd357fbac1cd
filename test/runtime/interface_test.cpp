// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The library interface, compiled twice: with the runtime, and with the serial stand-ins.
#include "weave/weave.h"

#include <gtest/gtest.h>
#include <memory>
#include <numeric>
#include <string>
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

TEST(Interface, AskingTheRuntime) {
  const weave::options two{2};
  const weave::runtime own(two);
  EXPECT_GE(weave::num_workers(), 1u);
  EXPECT_LT(weave::worker_id(), weave::num_workers());
  weave::load_balance();
}

} // namespace
