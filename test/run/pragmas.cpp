// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Pragmas of others in front of statements that text of ours goes in front of.
// RUN: %same_everywhere -Wno-unknown-pragmas -Wno-weave-serialised

#include <cstdio>

#define UNROLL _Pragma("GCC unroll 4")
#define UNROLL_BY(n) UNROLL_TEXT(GCC unroll n)
#define UNROLL_TEXT(text) _Pragma(#text)

static int square(int x) { return x * x; }

static int frame_in_front() {
  int r[8]; // a comment
// and another one
#pragma GCC unroll 4
  for (int i = 0; i < 8; ++i) {
#pragma weave spawn
    r[i] = square(i);
  }
#pragma weave sync
  int sum = 0;
  for (int x : r)
    sum += x;
  return sum;
}

static int before_the_directive(int n) {
  int r[8] = {};
#pragma GCC ivdep
#pragma GCC unroll 4
#pragma weave parallel_for
  for (int i = 0; i < n; ++i)
    r[i] = square(i);
  if (n > 2)
#pragma GCC ivdep

#pragma weave parallel_for // a comment
#pragma GCC unroll 2
    for (int i = 0; i < n; ++i)
      r[i] += square(i);
  else
#pragma GCC ivdep
    /* a comment */
#pragma weave parallel_for
    for (int i = 0; i < n; ++i)
      r[i] += 1;
  return r[n - 1];
}

static int behind_the_directive(int n) {
  int r[8] = {};
#pragma weave parallel_for
#pragma GCC ivdep
#pragma GCC unroll 4
  for (int i = 0; i < n; ++i)
    r[i] = square(i);
#pragma weave spawn
#pragma unroll 3
  for (int i = 0; i < n; ++i)
    r[i] += square(i);
#pragma weave sync
#pragma clang loop unroll(disable)
  for (int i = 0; i < n; ++i) {
#pragma weave spawn
#pragma GCC diagnostic push
    auto x = square(i);
#pragma GCC diagnostic pop
#pragma weave sync
    r[0] += x;
  }
  return r[0] + r[n - 1];
}

static int behind_a_sync(int n) {
  int r[8] = {};
  for (int round = 0; round < 2; ++round) {
#pragma weave spawn
    r[round] = n;
#pragma weave sync
#pragma GCC ivdep
    for (int i = 2; i < 4; ++i) {
#pragma weave spawn
      r[i] += n;
    }
  }
#pragma weave sync
  return r[0] + 10 * r[1] + 100 * r[2] + 1000 * r[3];
}

static int in_a_task(int n) {
  int r[8] = {};
#pragma weave spawn
#pragma GCC unroll 2
  for (int i = 0; i < n; ++i) {
#pragma weave spawn
    r[i] = square(i);
  }
#pragma weave sync
#pragma weave parallel_for staged
  {
    const int two = 2;
#pragma omp simd
    for (int i = 0; i < n; ++i)
      r[i] += two;
  }
  return r[n - 1];
}

static int conditional(int n) {
  int r[8] = {};
#if defined(__clang__)
#pragma clang loop unroll(disable)
#elif defined(__GNUC__)
#pragma GCC unroll 4
#endif
  for (int i = 0; i < n; ++i) {
#pragma weave spawn
    r[i] = square(i);
  }
#pragma weave sync
#if 0
  this is no code
#else
#pragma GCC ivdep
#endif
#pragma weave parallel_for
#ifndef __clang__
#pragma GCC unroll 2
#endif
  for (int i = 0; i < n; ++i)
    r[i] += 1;
  return r[n - 1];
}

static int operators(int n) {
  int r[8] = {};
  UNROLL for (int i = 0; i < n; ++i) {
#pragma weave spawn
    r[i] = square(i);
  }
#pragma weave sync
  UNROLL_BY(2)
#pragma weave parallel_for
  for (int i = 0; i < n; ++i)
    r[i] += 1;
#pragma weave parallel_for
  UNROLL_BY(2) for (int i = 0; i < n; ++i) r[i] += 1;
#pragma weave parallel_for
  _Pragma("GCC ivdep") for (int i = 0; i < n; ++i) r[i] += 1;
  _Pragma("GCC ivdep") _Pragma("weave parallel_for") for (int i = 0; i < n; ++i) r[i] += 1;
  _Pragma("weave spawn") _Pragma("GCC unroll 3") for (int i = 0; i < n; ++i) r[i] += 1;
#pragma weave sync
  return r[n - 1];
}

template <class T> static T in_template(T n) {
  T sum = 0, r[8] = {};
#pragma GCC unroll 4
  for (T i = 0; i < n; ++i) {
#pragma weave spawn
    r[i] = i;
  }
#pragma weave sync
#pragma GCC ivdep
#pragma weave parallel_for reduction(+ : sum)
  for (T i = 0; i < n; ++i)
    sum += r[i];
  return sum;
}

int main() {
  std::printf("%d\n", frame_in_front());
  std::printf("%d %d\n", before_the_directive(8), before_the_directive(2));
  std::printf("%d\n", behind_the_directive(8));
  std::printf("%d\n", behind_a_sync(3));
  std::printf("%d\n", in_a_task(8));
  std::printf("%d\n", conditional(8));
  std::printf("%d\n", operators(8));
  std::printf("%d\n", in_template(8));
}
