// The frame went in front of the pragma, on its line, or between it and its loop.
// RUN: %same_everywhere -Wno-unknown-pragmas
// RUN: %any_schedule
#include <cstdio>

static long work(long p) {
  long v[8], sum = 0;
#pragma GCC unroll 4
  for (int i = 0; i < 8; ++i) {
#pragma weave spawn
    v[i] = p * i;
  }
#pragma weave sync
#pragma omp simd
#pragma weave parallel_for
  for (int i = 0; i < 8; ++i)
    v[i] += p;
#pragma weave parallel_for reduction(+: sum)
#pragma GCC ivdep
  for (int i = 0; i < 8; ++i)
    sum += v[i];
#pragma acc kernels
#pragma weave spawn
#pragma acc parallel
  if (sum % 2 == 0)
    v[0] = 7;
#pragma weave sync
  return sum + v[0];
}

int main() { std::printf("%ld %ld\n", work(2), work(3)); }
