// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The optimiser sees through tasks: a constant arrives in them, where a division by it becomes a product, and what nobody reads of
// their results is not computed, neither where the program is serial nor in the task.
// RUN: %weavec %clangxx -std=c++17 -O3 -S -I%include %s -o - | %FileCheck %s
// RUN: %weavec g++ -std=c++17 -O3 -S -I%include %s -o - | %FileCheck %s
// RUN: %weavec %clangxx -std=c++17 -O3 -S -DUSED -I%include %s -o - | %FileCheck %s --check-prefix=USED
// CHECK-NOT: {{[[:space:]]v?i?div[a-z]*[[:space:]]}}
// CHECK-LABEL: {{^}}_Z6filter
// CHECK-NOT: {{[[:space:]]v?i?div[a-z]*[[:space:]]}}
// USED: {{[[:space:]]div[a-z]*[[:space:]]}}
#include <utility>

// The average of each window.
static inline void average(double *out, const double *in, long size, int width) {
  for (long at = 0; at + width <= size; ++at) {
    double sum = 0;
    for (int i = 0; i < width; ++i)
      sum += in[at + i];
    out[at] = sum / width;
  }
}

void filter(double *first_out, double *second_out, const double *first, const double *second, long size) {
  const int width = 32;
#pragma weave spawn
  average(first_out, first, size, width);
  average(second_out, second, size, width);
#pragma weave sync
}

static inline std::pair<unsigned long, unsigned long> fold_and_sum(unsigned long from, unsigned long to) {
  unsigned long folded = ~0ul, sum = 0;
  for (unsigned long i = from; i <= to; ++i) {
    folded = (~0ul + folded) / (i == 0 ? 1 : i);
    sum += i;
  }
  return {folded, sum};
}

unsigned long sums(unsigned long last) {
  unsigned long first, second;
#pragma weave spawn
  {
    const auto [folded, sum] = fold_and_sum(1, last);
    first = sum;
#ifdef USED
    first += folded;
#endif
  }
  second = fold_and_sum(3, last).second;
#pragma weave sync
  return first + second;
}
