// The bound was made one of the variable's type first, so that a round was missing.
// RUN: %same_everywhere
// RUN: %any_schedule
#include <cstdio>

static double half(long p) { return static_cast<double>(p) / 2; }

static long rounds(long p) {
  long a = 0, b = 0, c = 0, d = 0, e = 0;
#pragma weave parallel_for reduction(+: a)
  for (int i = 0; i < half(p); ++i)
    a += i + 1;
#pragma weave parallel_for reduction(+: b)
  for (short i = 0; half(p) > i; i += 2)
    b += i + 1;
#pragma weave parallel_for reduction(+: c)
  for (long i = 3; i > -0.5; --i)
    c += i + 1;
#pragma weave parallel_for reduction(+: d)
  for (int i = 3; i >= -half(p); --i)
    d += i + 1;
#pragma weave parallel_for collapse(2) reduction(+: e)
  for (int i = 0; i < 2; ++i)
    for (int j = 0; j < 2.5F; ++j)
      e += 10 * i + j;
  return a + 100 * (b + 100 * (c + 100 * (d + 100 * e)));
}

int main() {
  for (long n = 0; n < 5; ++n)
    std::printf("%ld\n", rounds(n));
}
