// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Fibonacci numbers the slow way: a call, two more calls and one addition. There is no work but the calls, so this
// shows what a spawn costs.
#include "support/arguments.h"
#include "support/stopwatch.h"

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

int main(int argc, char **argv) {
  const support::arguments arguments(argc, argv, "fib [n]", 1);
  const int n = static_cast<int>(arguments.number(1, "n", 40, 0, 90));

  const support::stopwatch watch;
  const long result = fib(n);
  watch.report();
  std::printf("fib(%d) = %ld\n", n, result);
}
