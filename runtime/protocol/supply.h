// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <algorithm>
#include <cstdint>

namespace weave::protocol {

/// How many tasks a worker keeps on offer while others take them: one for each of the others, as far as there is room.
///
/// They are made from the top of the subtree that the worker enters, and thieves take the oldest, which is the largest. What the worker takes back itself is not replaced
/// before the last of them (`worker::take_back`): of a tree of n nodes that nobody steals from it makes O(supply log n) tasks, and with one other worker no more than one at a time.
inline std::uint32_t supply(std::uint32_t workers, std::uint32_t capacity) {
  return std::clamp<std::uint32_t>(workers - 1, 1, capacity);
}

} // namespace weave::protocol
