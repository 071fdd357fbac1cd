// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "../tbb.h"
#include "kernel.h"

static void multiply(matrix_view a, matrix_view b, matrix_view c, long rows, long columns, long depth) {
  if (rows <= at_once && columns <= at_once && depth <= at_once) {
    multiply_at_once(a, b, c, rows, columns, depth);
  } else if (rows >= columns && rows >= depth) {
    const long half = rows / 2;
    tbb::parallel_invoke([&] { multiply(a, b, c, half, columns, depth); },
                         [&] { multiply(a.from(half, 0), b, c.from(half, 0), rows - half, columns, depth); });
  } else if (columns >= depth) {
    const long half = columns / 2;
    tbb::parallel_invoke([&] { multiply(a, b, c, rows, half, depth); },
                         [&] { multiply(a, b.from(0, half), c.from(0, half), rows, columns - half, depth); });
  } else {
    const long half = depth / 2;
    multiply(a, b, c, rows, columns, half);
    multiply(a.from(0, half), b.from(half, 0), c, rows, columns, depth - half);
  }
}

void compute(matrix_view a, matrix_view b, matrix_view c, long n) {
  in_arena([&] { multiply(a, b, c, n, n, n); });
}
