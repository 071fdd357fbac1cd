// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "../tbb.h"
#include "kernel.h"

static void produce(std::uint64_t *results, long first, long rounds, long consumers, long steps) {
  tbb::task_group group;
  if (rounds > 1)
    group.run([=] { produce(results, first + consumers, rounds - 1, consumers, steps); });
  for (long i = first; i < first + consumers; ++i)
    group.run([=] { results[i] = work(i, steps); });
  group.wait();
}

void compute(std::uint64_t *results, long rounds, long consumers, long steps) {
  in_arena([&] { produce(results, 0, rounds, consumers, steps); });
}
