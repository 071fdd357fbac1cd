// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "kernel.h"

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

long compute(int n) { return fib(n); }
