// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// WEAVE_STATS: the tallies of a runtime, written when it ends.
#pragma once

#include "observe/tally.h"

#include <string>
#include <vector>

namespace weave::detail::observe {

/// Where statistics go: nowhere ("" or "0"), to standard error ("1"), or behind what a file has, as JSON if its name
/// ends in ".json".
struct destination {
  std::string name;
  bool is_wanted() const { return !name.empty() && name != "0"; }
};

/// The destination, with the path as seen from anywhere. Throws std::invalid_argument, with a text for the user, if
/// nothing can be written there.
destination checked(std::string name);

struct statistics {
  struct row {
    unsigned worker;
    const tally *counted;
  };
  unsigned workers;
  double seconds;              ///< From the start to the end.
  double nanoseconds_per_tick; ///< Of the tallies' clock.
  std::vector<row> rows;
};

/// Writes all of it, or nothing and a message.
void write(const statistics &, const destination &) noexcept;

} // namespace weave::detail::observe
