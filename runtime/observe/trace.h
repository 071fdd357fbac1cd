// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// WEAVE_TRACE: what the workers of a runtime wrote down, in the format of Chrome's traces. docs/observe.md describes
// the file.
#pragma once

#include "observe/tally.h"

#include <string>
#include <vector>

namespace weave::detail::observe {

/// Where a trace goes, and how much of it is kept; nowhere, if it has no name.
struct trace_file {
  std::string name;
  std::size_t records = 0; ///< Of each worker.
  bool is_wanted() const { return !name.empty(); }
};

/// The file, with the path as seen from anywhere. `statistics`: where those go. Throws std::invalid_argument, with a
/// text for the user, if it cannot be written.
trace_file checked(trace_file, const std::string &statistics);

/// Another one beside it, `run.PART.json`.
std::string beside(const std::string &name, const std::string &part);

struct trace {
  struct track {
    unsigned worker;
    const tally *of;
  };
  unsigned workers;
  double nanoseconds_per_tick;
  platform::ticks start, end;
  std::vector<track> tracks;
};

/// Writes all of it, or nothing and a message.
void write(const trace &, const trace_file &) noexcept;

} // namespace weave::detail::observe
