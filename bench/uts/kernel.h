// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// uts DEPTH: counts the nodes of an unbalanced tree (Olivier et al., "UTS: An Unbalanced Tree Search Benchmark", 2006).
// The shape is that of tree T1 (geometric, four children on average, seed 19), which is cut at depth 10. Nobody can say
// how large a subtree is before it has been walked.
#pragma once

#include "../harness.h"
#include "sha1.h"
#include <algorithm>
#include <cmath>

constexpr int most_children = 100;

struct node {
  digest state;
  int depth;

  static node root() {
    std::array<std::uint32_t, 80> block{};
    block[4] = 19;
    return {sha1::of(block, 20), 0};
  }

  node child(int i) const {
    std::array<std::uint32_t, 80> block{};
    std::copy(state.begin(), state.end(), block.begin());
    block[5] = static_cast<std::uint32_t>(i);
    return {sha1::of(block, 24), depth + 1};
  }

  int children(int deepest) const {
    if (depth >= deepest)
      return 0;
    const double mean = 4, chance = static_cast<double>(state[4] & 0x7fffffff) * 0x1p-31;
    const double count = std::floor(std::log(1 - chance) / std::log(1 - 1 / (1 + mean)));
    return std::min(static_cast<int>(count), most_children);
  }
};

/// The engine's part.
long compute(int deepest);

class kernel {
public:
  static constexpr std::size_t sizes = 1;
  explicit kernel(const long *size) : deepest(static_cast<int>(size[0])) {}

  void run() { result = compute(deepest); }

  bool right() const { return result == (deepest == 10 ? 4130071 : walked(node::root())); }

private:
  long walked(const node &at) const {
    long count = 1;
    for (int i = 0, n = at.children(deepest); i < n; ++i)
      count += walked(at.child(i));
    return count;
  }

  int deepest;
  long result = -1;
};

int main(int argc, char **argv) { return bench::main<kernel>(argc, argv); }
