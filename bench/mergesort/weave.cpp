// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "kernel.h"

static void merge(span a, span b, element *out) {
  if (a.size() + b.size() <= merge_at_once) {
    std::merge(a.first, a.last, b.first, b.last, out);
    return;
  }
  const merge_cut cut(a, b, out);
#pragma weave spawn
  merge({a.first, cut.left}, {b.first, cut.right}, out);
  merge({cut.left, a.last}, {cut.right, b.last}, cut.out);
#pragma weave sync
}

// Leaves the result in the buffer or in place.
static void sort(span numbers, element *buffer, bool in_buffer) {
  const auto size = numbers.size();
  if (size <= sort_at_once) {
    insertion_sort(numbers.first, numbers.last);
    if (in_buffer)
      std::copy(numbers.first, numbers.last, buffer);
    return;
  }
  const auto half = size / 2;
  element *const middle = numbers.first + half;
#pragma weave spawn
  sort({numbers.first, middle}, buffer, !in_buffer);
  sort({middle, numbers.last}, buffer + half, !in_buffer);
#pragma weave sync
  if (in_buffer)
    merge({numbers.first, middle}, {middle, numbers.last}, buffer);
  else
    merge({buffer, buffer + half}, {buffer + half, buffer + size}, numbers.first);
}

void compute(span numbers, element *buffer) { sort(numbers, buffer, false); }
