// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Places, as in OpenMP: sets of processors to which threads are bound.
#pragma once

#include "platform/environment.h"
#include "platform/topology.h"
#include "protocol/victims.h"

#include <string>
#include <vector>

namespace weave::platform {

/// The processors of a place, by number.
using place = std::vector<unsigned>;

/// What a text means on a machine: "threads", "cores" (also if it is empty) or "sockets", or a list of places, each of
/// which is a list of processors:
///   {0,1},{2,3}   and the same with counts and strides, as {first:count:stride}: {0:2}:2:2
/// Throws std::invalid_argument, with a text for the user, if it means nothing or a processor that the process may not
/// use.
std::vector<place> read_places(const named_text &, const topology &);

/// As the user would write it.
std::string to_string(const std::vector<place> &);

/// Where a worker runs, and which others are near.
struct seat {
  place processors;
  std::vector<protocol::ring> near;
};

/// The seats of this many workers. Workers are numbered along the machine, whatever the order of the places, so that
/// near ones have near numbers. Complexity: O(workers^2) at worst.
std::vector<seat> seats(std::vector<place>, const topology &, binding, unsigned workers);

} // namespace weave::platform
