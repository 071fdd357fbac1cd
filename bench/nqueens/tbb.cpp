// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "../tbb.h"
#include "kernel.h"
#include <numeric>

static long solutions(squares board, attacks above) {
  if (above.column == board)
    return 1;
  long found[most_queens];
  int tries = 0;
  tbb::task_group group;
  for (squares safe = board & ~above.all(); safe != 0; safe &= safe - 1) {
    const squares queen = safe & -safe;
    const int mine = tries++;
    group.run([&found, mine, board, above, queen] { found[mine] = solutions(board, above.with(queen)); });
  }
  group.wait();
  return std::accumulate(found, found + tries, 0L);
}

long compute(squares board) {
  long result;
  in_arena([&] { result = solutions(board, {}); });
  return result;
}
