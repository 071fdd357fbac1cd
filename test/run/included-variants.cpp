// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Files that are included several times, and mean something else each time: branches of conditionals, macros, variables, the depth of a file that includes itself.
// RUN: %same_everywhere -Wno-weave-serialised -Wno-weave-unused-task

#include <cstdio>
#include <cstring>

static long work(long n) { return n; }

static long branches(long n) {
  long a = 0, b = 0, c = 0, d = 0;
#define TARGET c
#include "Inputs/included/variants.inc"
#undef TARGET
#pragma weave sync
#define WITH_SYNC
#define TARGET d
#include "Inputs/included/variants.inc"
#undef WITH_SYNC
#undef TARGET
#pragma weave sync
  return a + 10 * b + 100 * c + 1000 * d;
}

// The same text, where other variables have its names.
static long b = 5;
static long scopes(const long n) {
  long a = 0, c = 0;
#define TARGET c
#include "Inputs/included/nested-variants.inc"
  {
    const long n = 9;
    long b = 1;
#include "Inputs/included/nested-variants.inc"
    c += b;
  }
#undef TARGET
  return a + 10 * c;
}

#define PATH "Inputs/included/list.inc"
static long macros() {
  long square[4], sum = 0;
#define IN_PARALLEL
#define ITEM(I) square[I] = I * I
#include PATH
#undef IN_PARALLEL
#undef ITEM
#define ITEM(I) sum += square[I]
#include PATH
#undef ITEM
#define IN_PARALLEL
#define ITEM(I) square[I] += sum
#include PATH
#undef ITEM
  return square[3];
}

// A list that is asked for something else each time.
#define LIST "Inputs/included/steps.inc"
enum {
#define STEP(NAME) NAME,
#include LIST
#undef STEP
};
static long steps() {
  long value[3], sum = 0;
#define STEP(NAME) value[NAME] = work(NAME);
#define IN_TASK
#include LIST
#undef IN_TASK
#undef STEP
#pragma weave sync
#define STEP(NAME) sum += value[NAME] + static_cast<long>(std::strlen(#NAME));
#include LIST
  return sum;
}

template <int Depth> struct at;
#include "Inputs/included/itself.inc"

int main() {
  std::printf("%ld %ld %ld %ld\n", branches(1), scopes(2), macros(), steps());
  std::printf("%ld %ld %ld\n", at<0>::run(1), at<1>::run(1), at<2>::run(1));
}
