// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "kernel.h"

static long fib(int n) {
  if (n < 2)
    return n;
  long x, y;
#pragma omp task shared(x)
  x = fib(n - 1);
  y = fib(n - 2);
#pragma omp taskwait
  return x + y;
}

long compute(int n) {
  long result;
#pragma omp parallel
#pragma omp single
  result = fib(n);
  return result;
}
