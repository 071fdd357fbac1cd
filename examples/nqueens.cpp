// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// In how many ways can n queens stand on an n by n board so that none attacks another?
//
// One row after the other, every square that is still safe is tried. Each try is a task that counts the solutions below
// it, in a place of its own, so that nothing is shared.
#include "support/arguments.h"
#include "support/stopwatch.h"
#include <cstdint>
#include <numeric>

namespace {

constexpr int most_queens = 20;

// A set of columns, one bit each.
using squares = std::uint32_t;

// What the queens placed so far attack in the next row: along columns, and along the two kinds of diagonal.
struct attacks {
  squares column = 0, left = 0, right = 0;

  attacks with(squares queen) const { return {column | queen, (left | queen) << 1, (right | queen) >> 1}; }
  squares all() const { return column | left | right; }
};

long solutions(squares board, attacks above) {
  if (above.column == board)
    return 1;
  long found[most_queens];
  int tries = 0;
  for (squares safe = board & ~above.all(); safe != 0; safe &= safe - 1) {
    const squares queen = safe & -safe;
    const int mine = tries++;
#pragma weave spawn
    found[mine] = solutions(board, above.with(queen));
  }
#pragma weave sync
  return std::accumulate(found, found + tries, 0L);
}

} // namespace

int main(int argc, char **argv) {
  const support::arguments arguments(argc, argv, "nqueens [n]", 1);
  const int n = static_cast<int>(arguments.number(1, "n", 14, 1, most_queens));

  const support::stopwatch watch;
  const long result = solutions((squares{1} << n) - 1, {});
  watch.report();
  std::printf("nqueens(%d) = %ld\n", n, result);
}
