// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// mergesort N: sorts N numbers; both the recursion and the merges divide. Bound by memory towards the end.
#pragma once

#include "../harness.h"
#include <algorithm>
#include <cstdint>

using element = std::uint32_t;

constexpr std::ptrdiff_t sort_at_once = 24, merge_at_once = 2048;

inline void insertion_sort(element *first, element *last) {
  for (element *next = first; next != last; ++next) {
    const element moved = *next;
    element *hole = next;
    for (; hole != first && moved < hole[-1]; --hole)
      *hole = hole[-1];
    *hole = moved;
  }
}

struct span {
  element *first, *last;

  std::ptrdiff_t size() const { return last - first; }
};

// Where to divide a merge: the longer range in half, the other one and the output to suit.
struct merge_cut {
  element *left, *right, *out;

  merge_cut(span a, span b, element *output) {
    if (a.size() < b.size()) {
      right = b.first + b.size() / 2;
      left = std::upper_bound(a.first, a.last, *right);
    } else {
      left = a.first + a.size() / 2;
      right = std::lower_bound(b.first, b.last, *left);
    }
    out = output + (left - a.first) + (right - b.first);
  }
};

/// The engine's part: sorts the numbers in place, with room for as many at `buffer`.
void compute(span numbers, element *buffer);

class kernel {
public:
  static constexpr std::size_t sizes = 1;
  explicit kernel(const long *size) : numbers(size[0]), buffer(size[0]) {
    std::uint64_t state = 1;
    for (element &number : numbers)
      number = static_cast<element>((state = state * 6364136223846793005 + 1442695040888963407) >> 33);
    expected = sum();
  }

  void run() { compute({numbers.data(), numbers.data() + numbers.size()}, buffer.data()); }

  bool right() const { return std::is_sorted(numbers.begin(), numbers.end()) && sum() == expected; }

private:
  // The same whatever the order.
  std::uint64_t sum() const {
    std::uint64_t total = 0;
    for (const element number : numbers)
      total += number * std::uint64_t{0x9e3779b97f4a7c15} ^ number;
    return total;
  }

  std::vector<element> numbers, buffer;
  std::uint64_t expected;
};

int main(int argc, char **argv) { return bench::main<kernel>(argc, argv); }
