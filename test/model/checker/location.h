// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "clock.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace weave::model {

using word = std::uint64_t;

/// A value that an atomic had.
struct written {
  word value;
  bool replaces; ///< It is the store of a read-modify-write: nothing comes between it and the one before.
  clock message; ///< What a load that reads it acquires.
  std::array<moment, most_threads> seen; ///< When each thread wrote it or read it first.
};

/// What one atomic object has been through in an execution.
struct location {
  std::size_t number; ///< In the execution, in the order of first use.
  bool alive;
  unsigned creator;
  moment created;
  std::array<moment, most_threads> used; ///< When each thread came last.
  std::vector<written> stores;           ///< In modification order.
  std::size_t agreed;                    ///< The newest that sequentially consistent operations have met.
  std::vector<unsigned> waiters;
};

} // namespace weave::model
