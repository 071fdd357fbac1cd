// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Closures have the target of the function that they stand in.
// RUN: %transform | %FileCheck %s
void beside(); // what runs while a task does
#include <immintrin.h>

__attribute__((target("avx2"))) void add(int *a, const int *b, int n) {
  // CHECK: .spawn([a, b]() __attribute__((target("avx2"))) {
#pragma weave spawn
  {
    const __m256i sum = _mm256_add_epi32(_mm256_loadu_si256(reinterpret_cast<const __m256i *>(a)),
                                         _mm256_loadu_si256(reinterpret_cast<const __m256i *>(b)));
    _mm256_storeu_si256(reinterpret_cast<__m256i *>(a), sum);
  }
  // CHECK: (auto weave_begin, auto weave_end) __attribute__((target("avx2"))) {
#pragma weave parallel_for
  for (int i = 8; i < n; ++i)
    a[i] = _mm256_extract_epi32(_mm256_set1_epi32(b[i]), 0);
}

[[gnu::no_sanitize("undefined")]] int unchecked(int n) {
  // CHECK: .spawn([&n]() __attribute__((no_sanitize("undefined"))) {
#pragma weave spawn
  n <<= n; beside();
#pragma weave sync
  return n;
}
