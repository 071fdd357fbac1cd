// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "../tbb.h"
#include "kernel.h"

static long fib(int n) {
  if (n < 2)
    return n;
  long x, y;
  tbb::parallel_invoke([&] { x = fib(n - 1); }, [&] { y = fib(n - 2); });
  return x + y;
}

long compute(int n) {
  long result;
  in_arena([&] { result = fib(n); });
  return result;
}
