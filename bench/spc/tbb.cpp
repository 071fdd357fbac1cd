// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "../tbb.h"
#include "kernel.h"

static void produce(std::uint64_t *results, long tasks, long steps) {
  tbb::task_group group;
  for (long i = 0; i < tasks; ++i)
    group.run([=] { results[i] = work(i, steps); });
  group.wait();
}

void compute(std::uint64_t *results, long tasks, long steps) {
  in_arena([&] { produce(results, tasks, steps); });
}
