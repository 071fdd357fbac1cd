// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "machine/machine.h"

namespace weave::sim {

/// What the code under test has allocated.
struct allocations {
  long blocks = 0; ///< By `new`, without the simulator's own.
  long tasks = 0;  ///< From pools.
  std::uint64_t tasks_made = 0;
};
inline allocations allocated;

/// When the task at this address was allocated; 0 if it is no pool's.
nanoseconds born(const void *task);

} // namespace weave::sim
