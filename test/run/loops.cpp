// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Every form of loop runs the iterations that the serial one runs, each once.
// RUN: %same_everywhere

#include <climits>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <vector>

static std::vector<int> hits(300);
static void hit(long i) { ++hits[std::size_t(i)]; }
static void show(const char *name) {
  std::printf("%s:", name);
  for (std::size_t i = 0; i < hits.size(); ++i)
    if (hits[i])
      std::printf(" %zu%s", i, hits[i] == 1 ? "" : "!");
  std::printf("\n");
  hits.assign(hits.size(), 0);
}

template <class T> static void generic(T first, T last) {
#pragma weave parallel_for
  for (T i = first; i < last; ++i)
    hit(i);
  show("generic");
#pragma weave parallel_for
  for (auto i = last; i > first; i -= 2)
    hit(i);
  show("generic down");
}

int main() {
  int n = 100, zero = 0;
#pragma weave parallel_for
  for (int i = 3; i < n; i += 7)
    hit(i);
  show("less");
#pragma weave parallel_for
  for (unsigned char i = 0; i <= 240; i += 10)
    hit(i);
  show("less_equal");
#pragma weave parallel_for
  for (long i = n; i > 3; --i)
    hit(i);
  show("greater");
#pragma weave parallel_for
  for (short i = 90; 10 <= i; i -= 20)
    hit(i);
  show("greater_equal");
#pragma weave parallel_for
  for (std::size_t i = 0; i != hits.size(); i += 3)
    hit(long(i));
  show("not_equal");
#pragma weave parallel_for
  for (int i = n; i < n; ++i)
    hit(i);
#pragma weave parallel_for
  for (int i = zero; i > n; --i)
    hit(i);
  show("empty");
#pragma weave parallel_for
  for (std::int64_t i = INT64_MAX - 40; i < INT64_MAX; i += 8)
    hit(long(INT64_MAX - i));
  show("upper end");
#pragma weave parallel_for
  for (std::uint64_t i = 40; i > 0; --i) {
    if (i % 2)
      continue;
    hit(long(i));
  }
  show("continue");
  generic(5, 50);
  generic(5L, 50L);
  generic<unsigned>(5, 50);

  std::vector<int> grid(40 * 30);
#pragma weave parallel_for
  for (int y = 0; y < 30; ++y) {
#pragma weave parallel_for
    for (int x = 0; x < 40; ++x)
      grid[y * 40 + x] = x * y;
  }
  long total = 0;
  for (int value : grid)
    total = total * 3 % 1000003 + value;
  std::printf("grid %ld\n", total);
}
