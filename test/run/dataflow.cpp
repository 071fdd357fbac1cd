// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tasks ordered by what they read and write give the serial result.
// RUN: %same_everywhere

#include <cstdio>
#include <vector>

static unsigned mix(unsigned a, unsigned b) {
  for (int i = 0; i < 200; ++i)
    a = a * 1664525u + b + 1013904223u;
  return a;
}

// A wavefront: each cell depends on its neighbours above and to the left.
static unsigned wavefront(int n) {
  std::vector<unsigned> cells(std::size_t(n) * n, 1);
  const auto at = [&cells, n](int y, int x) -> unsigned & { return cells[std::size_t(y) * n + x]; };
  for (int y = 1; y < n; ++y)
    for (int x = 1; x < n; ++x) {
#pragma weave spawn depends_on(in : at(y - 1, x), at(y, x - 1); out : at(y, x))
      at(y, x) = mix(at(y - 1, x), at(y, x - 1));
    }
#pragma weave sync
  return at(n - 1, n - 1);
}

static unsigned chain(int n) {
  unsigned a = 1, b = 2, c = 3;
  for (int i = 0; i < n; ++i) {
#pragma weave depends_on(in : b; inout : a)
#pragma weave spawn
    a = mix(a, b);
#pragma weave spawn depends_on(in : a; \
                               inout : c)
    c += mix(c, a);
#pragma weave spawn depends_on(in : a, c; inout : b)
    b ^= mix(a, c);
  }
#pragma weave sync
  return a ^ b ^ c;
}

// A block of its own in the loop, and a task without operands.
static unsigned nested(int n) {
  unsigned total = 0;
  for (int i = 0; i < n; ++i) {
    unsigned local = unsigned(i);
#pragma weave spawn depends_on(inout : local)
    local = mix(local, 1);
#pragma weave spawn depends_on(in : local; inout : total)
    total += local;
    unsigned other;
#pragma weave spawn
    other = mix(7, 8);
#pragma weave sync
    total ^= other;
  }
  return total;
}

int main() { std::printf("%u %u %u\n", wavefront(20), chain(50), nested(50)); }
