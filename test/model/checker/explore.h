// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "scheduler.h"

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <string>

namespace weave::model {

struct result {
  std::uint64_t executions = 0;
  std::string failure;  ///< Of the execution that failed; empty if none did.
  std::string schedule; ///< What replays it.
  std::string trace;    ///< Its operations.

  bool failed() const { return !failure.empty(); }
  /// For a test: names what failed and how to see it again.
  friend std::ostream &operator<<(std::ostream &, const result &);
};

/// Runs `main` once for each way in which threads may interleave and read, within the bounds, until one fails.
///
/// The environment may ask for something else:
///   WEAVE_MODEL_REPLAY=SCHEDULE        the one execution that an earlier run printed
///   WEAVE_MODEL_RANDOM=SEED:EXECUTIONS  random executions without bounds
///   WEAVE_MODEL_BOUNDS=PREEMPTIONS/STALE  other bounds
result explore(bounds, const std::function<void()> &main);
inline result explore(const std::function<void()> &main) { return explore(bounds(), main); }

/// Fails the execution unless the condition holds. For threads of the model.
inline void check(bool condition, const char *what) {
  if (!condition)
    threads->fail(what);
}

/// Lets the other threads run until all of them wait or have ended.
inline void let_others_finish() { threads->rest(); }

/// Lets time pass, for all threads.
inline void pass(std::chrono::nanoseconds time) { threads->pass(time); }

} // namespace weave::model
