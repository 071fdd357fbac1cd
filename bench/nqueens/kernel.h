// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// nqueens N: counts the solutions. An irregular tree with a little work at each node.
#pragma once

#include "../harness.h"
#include <cstdint>

constexpr int most_queens = 20;

// A set of columns, one bit each.
using squares = std::uint32_t;

// What the queens placed so far attack in the next row.
struct attacks {
  squares column = 0, left = 0, right = 0;

  attacks with(squares queen) const { return {column | queen, (left | queen) << 1, (right | queen) >> 1}; }
  squares all() const { return column | left | right; }
};

/// The engine's part.
long compute(squares board);

class kernel {
public:
  static constexpr std::size_t sizes = 1;
  explicit kernel(const long *size) : n(static_cast<int>(size[0])) {
    if (n < 1 || n > 15)
      std::abort();
  }

  void run() { result = compute((squares{1} << n) - 1); }

  bool right() const {
    constexpr long known[] = {1, 1, 0, 0, 2, 10, 4, 40, 92, 352, 724, 2680, 14200, 73712, 365596, 2279184};
    return result == known[n];
  }

private:
  int n;
  long result = -1;
};

int main(int argc, char **argv) { return bench::main<kernel>(argc, argv); }
