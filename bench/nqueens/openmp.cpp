// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "kernel.h"
#include <numeric>

static long solutions(squares board, attacks above) {
  if (above.column == board)
    return 1;
  long found[most_queens];
  int tries = 0;
  for (squares safe = board & ~above.all(); safe != 0; safe &= safe - 1) {
    const squares queen = safe & -safe;
    const int mine = tries++;
#pragma omp task shared(found)
    found[mine] = solutions(board, above.with(queen));
  }
#pragma omp taskwait
  return std::accumulate(found, found + tries, 0L);
}

long compute(squares board) {
  long result;
#pragma omp parallel
#pragma omp single
  result = solutions(board, {});
  return result;
}
