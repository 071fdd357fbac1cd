// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A task borrowed p, because a lambda in it binds its own copy of p to a reference, and saw what became of p later.
// RUN: %same_everywhere
// RUN: %any_schedule
#include <cstdio>

static long pass(const long &value) { return value; }

static long task(long p) {
  long result;
#pragma weave spawn
  {
    const auto copy = [p] { return pass(p); };
    result = copy();
  }
  p = 77;
#pragma weave sync
  return result + p;
}

int main() {
  for (long n = 0; n < 20; ++n)
    std::printf("%ld\n", task(n));
}
