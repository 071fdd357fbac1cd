// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "workloads.h"

namespace weave::sim {

struct experiment {
  const workload *work;
  unsigned workers;
  std::size_t count; ///< Pieces of work.
  nanoseconds grain; ///< How long each takes.
  settings machine;
  bool watched = true; ///< Whether to look at the workers all the time. Not for curves, along which the time to wake everybody is a result.
};

struct outcome {
  std::string failure;  ///< Empty: every invariant held.
  nanoseconds time = 0; ///< From the first piece to the last.
  nanoseconds work = 0; ///< What the pieces take, one after the other.
  std::uint64_t spawns = 0, tasks = 0, stolen = 0, transfers = 0;
  std::uint64_t digest = 0; ///< Equal for two runs of the same.
};

/// An experiment of a few milliseconds of machine time, all of which follows from the seed.
/// @param most_workers  no more than these
experiment experiment_of(std::uint64_t seed, unsigned most_workers);

/// Runs it: starts a runtime, lets it rest, runs the workload, ends the runtime. Invariants (docs/verification.md) are checked throughout.
outcome simulate(const experiment &);

} // namespace weave::sim
