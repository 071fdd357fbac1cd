// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "../tbb.h"
#include "kernel.h"
#include <numeric>

static long nodes(node at, int deepest) {
  long below[most_children];
  const int children = at.children(deepest);
  tbb::task_group group;
  for (int i = 0; i < children; ++i)
    group.run([&below, i, at, deepest] { below[i] = nodes(at.child(i), deepest); });
  group.wait();
  return std::accumulate(below, below + children, 1L);
}

long compute(int deepest) {
  long result;
  in_arena([&] { result = nodes(node::root(), deepest); });
  return result;
}
