// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "kernel.h"

static void produce(std::uint64_t *results, long tasks, long steps) {
  for (long i = 0; i < tasks; ++i) {
#pragma weave spawn
    results[i] = work(i, steps);
  }
#pragma weave sync
}

void compute(std::uint64_t *results, long tasks, long steps) { produce(results, tasks, steps); }
