// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// oneTBB with as many threads as the other engines have workers.
#pragma once

#include "harness.h"
#include <tbb/global_control.h>
#include <tbb/parallel_invoke.h>
#include <tbb/task_arena.h>
#include <tbb/task_group.h>

template <class F> void in_arena(F f) {
  const tbb::global_control control(tbb::global_control::max_allowed_parallelism, bench::workers());
  tbb::task_arena(bench::workers()).execute(f);
}
