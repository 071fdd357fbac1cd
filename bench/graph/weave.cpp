// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "kernel.h"

void compute(std::uint64_t *cells, const chosen *first, long tasks, long steps) {
  for (const chosen *each = first; each != first + tasks; ++each) {
    const std::uint32_t a = each->a, b = each->b, c = each->c;
#pragma weave spawn depends_on(in : cells[a], cells[b]; inout : cells[c])
    cells[c] = mixed(cells[a], cells[b], cells[c], steps);
  }
#pragma weave sync
}
