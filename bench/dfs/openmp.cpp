// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "kernel.h"
#include <numeric>

static long leaves(int depth, int breadth) {
  if (depth == 0)
    return leaf();
  long below[most_breadth];
  for (int i = 0; i < breadth; ++i) {
#pragma omp task shared(below)
    below[i] = leaves(depth - 1, breadth);
  }
#pragma omp taskwait
  return std::accumulate(below, below + breadth, 0L);
}

long compute(int depth, int breadth) {
  long result;
#pragma omp parallel
#pragma omp single
  result = leaves(depth, breadth);
  return result;
}
