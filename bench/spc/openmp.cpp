// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "kernel.h"

static void produce(std::uint64_t *results, long tasks, long steps) {
  for (long i = 0; i < tasks; ++i) {
#pragma omp task
    results[i] = work(i, steps);
  }
#pragma omp taskwait
}

void compute(std::uint64_t *results, long tasks, long steps) {
#pragma omp parallel
#pragma omp single
  produce(results, tasks, steps);
}
