// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "../tbb.h"
#include "kernel.h"
#include <numeric>

static long leaves(int depth, int breadth) {
  if (depth == 0)
    return leaf();
  long below[most_breadth];
  tbb::task_group group;
  for (int i = 0; i < breadth; ++i)
    group.run([&below, i, depth, breadth] { below[i] = leaves(depth - 1, breadth); });
  group.wait();
  return std::accumulate(below, below + breadth, 0L);
}

long compute(int depth, int breadth) {
  long result;
  in_arena([&] { result = leaves(depth, breadth); });
  return result;
}
