// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %same_everywhere

#include <cstdio>

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

// Joined by the end of the block alone.
static void into(int n, long &result) {
  if (n < 2) {
    result = n;
    return;
  }
  long x, y;
  {
    long left;
#pragma weave spawn
    left = fib(n - 1);
#pragma weave spawn
    into(n - 2, y);
#pragma weave sync
    x = left;
  }
  result = x + y;
}

int main() {
  long result;
  into(20, result);
  std::printf("%ld %ld\n", fib(22), result);
}
