// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// OpenMP's constructs in woven code mean what they mean elsewhere.
// RUN: %same_everywhere -fopenmp-simd -Wno-unknown-pragmas -Wno-source-uses-openmp -Wno-weave-openmp

#include <cstdio>
#include <vector>

int main() {
  std::vector<float> a(1 << 16, 1.0f);
  float *p = a.data();
  const int width = 256;
#pragma weave parallel_for
  for (int i = 0; i < 256; ++i) {
#pragma omp simd
    for (int j = 0; j < width; ++j)
      p[i * width + j] *= 2.0f;
  }
  long sum = 0;
#pragma weave parallel_for reduction(+ : sum)
#pragma omp simd reduction(+ : sum)
  for (int i = 0; i < 65536; ++i)
    sum += long(p[i]);
#pragma weave parallel_for reduction(+ : sum) collapse(2)
  for (int i = 0; i < 256; ++i)
#pragma omp simd reduction(+ : sum) safelen(8)
    for (int j = 0; j < width; ++j)
      sum += long(p[i * width + j]);
  long mine = 0;
#pragma weave spawn
  {
#pragma omp simd reduction(+ : mine)
    for (int j = 0; j < width; ++j)
      mine += long(p[j]);
  }
  long other = 0;
#pragma weave spawn
#pragma omp simd reduction(+ : other)
  for (int j = 0; j < width; ++j)
    other += long(p[j]);
#pragma weave sync
  std::printf("%g %ld %ld %ld\n", p[65535], sum, mine, other);
}
