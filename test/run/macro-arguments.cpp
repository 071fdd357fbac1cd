// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Statements and headers whose first or last token is part of a macro's argument, or that end with a macro, and statements in files of their own.
// RUN: %same_everywhere -Wno-weave-serialised

#include <cstdio>

static long work(long n) { return n; }

#define SET(TO, FROM) TO = FROM
#define SET_NOW(TO, FROM) TO = FROM;
#define SET_TWICE(TO, FROM) SET(TO, 2 * FROM)
#define WHEN(CONDITION, DO) \
  if (CONDITION) \
  DO
#define TIMES(COUNT, DO) \
  for (int k = 0; k < COUNT; ++k) \
  DO
#define ALSO(N) 1 + N
#define VARIABLES a, n
#define ONE(X) X

static long ends(long n) {
  long a = 0, b = 0, c = 0, d = 0, e = 0, f = 0;
#pragma weave spawn
  SET(a, n);
#pragma weave spawn
  SET_NOW(b, n)
#pragma weave spawn
  SET_TWICE(c, n);
#pragma weave spawn
  WHEN(n > 0, d = work(n));
#pragma weave spawn
  TIMES(3, SET(e, e + n));
#pragma weave spawn
  ONE(SET(f, ONE(n)));
#pragma weave sync
  return a + 10 * b + 100 * c + 1000 * d + 10000 * e + 100000 * f;
}

// The frame stands in front of a statement that begins with an argument.
static long begins(long n) {
  long a = 0, b = 0;
  SET(b, ([&] {
        long c = 0;
        _Pragma("weave spawn") c = work(n);
        _Pragma("weave sync") return c;
      }()));
  WHEN(b > 0, {
    ONE(_Pragma("weave spawn") SET(a, n);)
    ++b;
  })
#pragma weave sync
  return a + 10 * b;
}

static long headers(int n) {
  long v[20] = {}, sum = 0;
#pragma weave parallel_for
  for (int i = ALSO(0); i < ALSO(n); i += ONE(ALSO(n)) - n)
    SET(v[i], i);
#pragma weave parallel_for reduction(+: sum)
  for (long x : ONE(v))
    sum += x;
  return sum;
}

static long lists(long n) {
  long a = 1, b = 0;
#pragma weave spawn firstprivate(VARIABLES) shared(b)
  b = a + n;
#pragma weave sync
  return a + b;
}

static long files(long n) {
  long a = 0, b = 0, c = 0;
#pragma weave spawn
#include "Inputs/included/statement.inc"
#pragma weave spawn
  if (n)
#define IN_TASK
#include "Inputs/included/statement.inc"
#undef IN_TASK
#pragma weave sync
#pragma weave parallel_for reduction(+: c)
#define IN_LOOP
#include "Inputs/included/statement.inc"
  return a + 10 * b + 100 * c;
}

int main() { std::printf("%ld %ld %ld %ld %ld\n", ends(3), begins(4), headers(9), lists(5), files(6)); }
