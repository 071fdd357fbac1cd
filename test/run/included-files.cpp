// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Files that are included in the middle of a block: a directive on their first line, directives on the same lines of several, no newline at the end, a brace first.
// RUN: %same_everywhere -Wno-weave-serialised -Wno-weave-unused-task

#include <cstdio>

static long work(long n) { return n; }

static long tasks() {
  long a = 0, b = 0;
#include "Inputs/included/one.inc"
#include "Inputs/included/two.inc"
  return 1000 * a + b;
}

static long in_loop() {
  long a = 0, b = 0, c = 0;
  for (int i = 0; i < 3; ++i) {
#pragma weave spawn
    a = work(i);
#pragma weave sync
#include "Inputs/included/middle.inc"
    c += a;
  }
  return c;
}

static long scopes() {
  long a = 0, b = 0;
#include "Inputs/included/scope.inc"
  return 10 * a + b;
}

int main() { std::printf("%ld %ld %ld\n", tasks(), in_loop(), scopes()); }
