// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "kernel.h"
#include <numeric>

static long nodes(node at, int deepest) {
  long below[most_children];
  const int children = at.children(deepest);
  for (int i = 0; i < children; ++i) {
#pragma weave spawn
    below[i] = nodes(at.child(i), deepest);
  }
#pragma weave sync
  return std::accumulate(below, below + children, 1L);
}

long compute(int deepest) { return nodes(node::root(), deepest); }
