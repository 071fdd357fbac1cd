// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "kernel.h"

static void produce(std::uint64_t *results, long first, long rounds, long consumers, long steps) {
  if (rounds > 1) {
#pragma weave spawn
    produce(results, first + consumers, rounds - 1, consumers, steps);
  }
  for (long i = first; i < first + consumers; ++i) {
#pragma weave spawn
    results[i] = work(i, steps);
  }
#pragma weave sync
}

void compute(std::uint64_t *results, long rounds, long consumers, long steps) {
  produce(results, 0, rounds, consumers, steps);
}
