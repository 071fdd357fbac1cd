// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The exception that leaves is the one that the serial program would throw, whoever ran the task.
// RUN: %same_everywhere

#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

static int checked(int n) {
  long sum = 0;
  for (int i = 0; i < 1000; ++i)
    sum += i ^ n;
  if (n % 3 == 0)
    throw std::runtime_error("task " + std::to_string(n));
  return int(sum);
}

static void at_sync(int n) {
  int x = 0, y = 0;
#pragma weave spawn
  x = checked(n);
#pragma weave spawn
  y = checked(n + 1);
#pragma weave sync
  std::printf("%d\n", x + y);
}

static void at_end(int n) {
#pragma weave spawn
  checked(n);
}

static void before_parent(int n) {
#pragma weave spawn
  checked(n);
  throw std::logic_error("parent"); // unless the task came first
}

static void in_loop(int n) {
  std::vector<int> out(n);
#pragma weave parallel_for
  for (int i = 1; i < n; ++i)
    out[i] = checked(i == 40 || i == 70 ? 3 * i : 1);
}

static void caught_inside(int n) {
  int caught = 0;
#pragma weave spawn
  try {
    checked(n);
  } catch (const std::exception &) {
    caught = n;
  }
#pragma weave sync
  std::printf("caught %d\n", caught);
}

template <class F> static void report(F f, int n) {
  try {
    f(n);
    std::printf("nothing\n");
  } catch (const std::exception &error) {
    std::printf("%s\n", error.what());
  }
}

int main() {
  for (int round = 0; round < 20; ++round)
    for (int n = 0; n < 4; ++n) {
      report(at_sync, n);
      report(at_end, n);
      report(before_parent, n);
      report(in_loop, 100 + n);
      report(caught_inside, n);
    }
}
