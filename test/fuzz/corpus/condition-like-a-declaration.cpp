// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The condition of a clause was written where it could be the declarator of a function.
// RUN: %same_everywhere
// RUN: %any_schedule
#include <cstdio>

[[maybe_unused]] static long first(long a, long b) { return a - b; }

static long work(int i) {
  long x = 0;
  int y = 0;
#pragma weave spawn depends_on(out: x) if(first(long(i), long(i)) % 2 == 0)
  x = i;
#pragma weave spawn if(first(long(i), long(y)))
  y = i + 1;
#pragma weave sync
  return x + y;
}

int main() { std::printf("%ld %ld\n", work(2), work(3)); }
