// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A task that would be waited for at once runs in place: what it throws still comes behind what earlier tasks threw, and
// those are awaited.
// RUN: %same_everywhere

#include <cstdio>
#include <stdexcept>
#include <string>

static long checked(int n, bool throws) {
  long sum = 0;
  for (int i = 0; i < 1000; ++i)
    sum += i ^ n;
  if (throws)
    throw std::runtime_error("task " + std::to_string(n));
  return sum;
}

static void two(int which) {
  long x = 0, y = 0;
  try {
#pragma weave spawn
    x = checked(1, which & 1);
#pragma weave spawn
    y = checked(2, which & 2);
#pragma weave sync
  } catch (const std::exception &error) {
    std::printf("%s, and %ld is there\n", error.what(), which & 1 ? 0 : x);
  }
  std::printf("%ld\n", which & 3 ? 0 : x + y);
}

static void three(int which) {
  long x[3] = {};
#pragma weave spawn
  x[0] = checked(1, which & 1);
#pragma weave spawn
  x[1] = checked(2, which & 2);
#pragma weave spawn
  x[2] = checked(3, which & 4);
#pragma weave sync
  std::printf("%ld\n", x[0] + x[1] + x[2]);
}

// What the statement spawns has a later place than what was spawned in front of it.
static void nested(int which) {
  long x = 0, y[2] = {};
#pragma weave spawn
  x = checked(1, which & 1);
#pragma weave spawn
  {
#pragma weave spawn
    y[0] = checked(2, which & 2);
    y[1] = checked(3, which & 4);
  }
#pragma weave sync
  std::printf("%ld\n", x + y[0] + y[1]);
}

static void at_end(int which) {
#pragma weave spawn
  checked(1, which & 1);
#pragma weave spawn
  checked(2, which & 2);
}

static long tree(int n, int failing) {
  if (n < 2)
    return checked(n, failing == n);
  long y, x;
#pragma weave spawn
  x = tree(n - 1, failing);
#pragma weave spawn
  y = tree(n - 2, failing);
#pragma weave sync
  return x + y;
}

template <class F> static void report(F f, int which) {
  try {
    f(which);
    std::printf("nothing\n");
  } catch (const std::exception &error) {
    std::printf("%s\n", error.what());
  }
}

int main() {
  for (int round = 0; round < 5; ++round)
    for (int which = 0; which < 8; ++which) {
      report(two, which);
      report(three, which);
      report(nested, which);
      report(at_end, which);
    }
  for (int failing = 0; failing < 3; ++failing)
    report([](int n) { std::printf("%ld\n", tree(14, n)); }, failing);
}
