// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <algorithm>
#include <cstdint>

namespace weave::protocol {

/// How many tasks a worker keeps on offer: one ahead of need, and one for each worker that is hungry now.
///
/// One is right for trees: what a worker makes beyond that it takes back itself, too deep in the tree to be worth having made. One
/// producer with many thieves needs more, and needs less again when they are fed.
inline std::uint32_t supply(std::uint32_t hungry, std::uint32_t capacity) {
  return std::clamp<std::uint32_t>(hungry, 1, capacity);
}

} // namespace weave::protocol
