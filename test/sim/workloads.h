// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "machine/machine.h"

#include <string>
#include <vector>

namespace weave::sim {

/// A program of so many pieces of work, each of which must run exactly once and in an order that the workload allows.
struct workload {
  const char *name;
  /// Runs pieces [0, count), for `grain` each, by annotated code as the tool would write it.
  void (*run)(std::size_t count, nanoseconds grain);
};

const std::vector<workload> &workloads();

/// What pieces did in the run so far.
struct progress_of_pieces {
  std::vector<unsigned char> runs; ///< How often each ran.
  std::uint64_t spawns = 0, stolen = 0;
  nanoseconds work = 0;
  bool ordered = true; ///< Whether each ran after what it depends on.
};
inline progress_of_pieces pieces;

} // namespace weave::sim
