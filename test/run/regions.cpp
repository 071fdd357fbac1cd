// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Regions give what the serial program gives: values, exceptions, and the order in which local objects end.
// RUN: %same_everywhere
// RUN: %same_everywhere -fno-inline
#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

struct noisy {
  std::string &log;
  char name;
  noisy(std::string &log, char name) : log(log), name(name) { log += name; }
  ~noisy() { log += static_cast<char>(name - 'a' + 'A'); }
};

static long fib(int n) {
  if (n < 2)
    return n;
  long x, y;
#pragma weave spawn
  x = fib(n - 1);
  y = fib(n - 2);
#pragma weave sync
  return x + y;
}

// Three regions, one in another, and an early return in the last.
static long three(int n) {
  long a = 0, b = 0, c = 0;
#pragma weave spawn
  a = fib(n);
#pragma weave spawn
  b = fib(n + 1);
#pragma weave sync
  if (b % 2 == 0)
    return a - b;
#pragma weave spawn
  c = fib(n - 1);
  long d = fib(n - 2);
#pragma weave sync
  return a + b + c + d;
}

static std::vector<int> moved(int n) {
  std::vector<int> result(n);
#pragma weave spawn
  result[0] = static_cast<int>(fib(n));
  for (int i = 1; i < n; ++i)
    result[i] = i;
#pragma weave sync
  return result;
}

static void order(std::string &log) {
  noisy first(log, 'a');
  long x = 0;
#pragma weave spawn
  x = fib(12);
  noisy second(log, 'b');
#pragma weave sync
  log += std::to_string(x);
}

static int failing(int n, bool child, bool parent) {
  int x = 0;
#pragma weave spawn
  {
    x = static_cast<int>(fib(n));
    if (child)
      throw std::runtime_error("child");
  }
  if (parent)
    throw std::runtime_error("parent");
#pragma weave sync
  return x;
}

struct counter {
  int value = 0;
  int add(int n) {
    int sum = 0;
#pragma weave spawn
    sum = static_cast<int>(fib(n));
    value += n;
#pragma weave sync
    return value + sum;
  }
};

int main() {
  std::printf("%ld\n", fib(20));
  for (int n = 5; n < 12; ++n)
    std::printf("%ld ", three(n));
  for (int value : moved(15))
    std::printf("%d ", value);
  std::string log;
  for (int i = 0; i < 20; ++i)
    order(log);
  std::printf("\n%s\n", log.c_str());
  for (int i = 0; i < 40; ++i)
    try {
      std::printf("%d ", failing(i % 10, i & 1, i & 2));
    } catch (const std::runtime_error &error) {
      std::printf("%s ", error.what());
    }
  counter c;
  int last = 0;
  for (int i = 0; i < 20; ++i)
    last = c.add(i % 7);
  std::printf("\n%d\n", last);
}
