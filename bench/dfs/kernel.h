// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// dfs DEPTH BREADTH: visits every node of a full tree and counts its leaves. Many spawns before each join.
#pragma once

#include "../harness.h"

constexpr int most_breadth = 64;

/// One leaf, which the optimiser must visit: it may not find out that all subtrees are alike.
inline long leaf() {
  long count = 1;
  asm volatile("" : "+r"(count));
  return count;
}

/// The engine's part.
long compute(int depth, int breadth);

class kernel {
public:
  static constexpr std::size_t sizes = 2;
  explicit kernel(const long *size) : depth(static_cast<int>(size[0])), breadth(static_cast<int>(size[1])) {
    if (breadth > most_breadth)
      std::abort();
  }

  void run() { result = compute(depth, breadth); }

  bool right() const {
    long leaves = 1;
    for (int i = 0; i < depth; ++i)
      leaves *= breadth;
    return result == leaves;
  }

private:
  int depth, breadth;
  long result = -1;
};

int main(int argc, char **argv) { return bench::main<kernel>(argc, argv); }
