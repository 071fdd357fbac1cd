// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "kernel.h"
#include <numeric>

static long nodes(node at, int deepest) {
  long below[most_children];
  const int children = at.children(deepest);
  for (int i = 0; i < children; ++i) {
#pragma omp task shared(below)
    below[i] = nodes(at.child(i), deepest);
  }
#pragma omp taskwait
  return std::accumulate(below, below + children, 1L);
}

long compute(int deepest) {
  long result;
#pragma omp parallel
#pragma omp single
  result = nodes(node::root(), deepest);
  return result;
}
