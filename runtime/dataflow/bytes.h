// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Sets of bytes that an operand can name, and whether two of them have a byte in common.
#pragma once

#include "weave/section.h"

#include <cstddef>
#include <cstdint>

namespace weave::detail {

/// Runs of so many bytes at each place that the levels give, outermost first. Never empty. The levels are somebody
/// else's.
struct bytes {
  std::uintptr_t begin;
  std::size_t run;
  const level *levels;
  std::uint32_t level_count;

  /// Just behind the last byte.
  std::uintptr_t end() const noexcept;
  bool is_contiguous() const noexcept { return level_count == 0; }
  bool operator==(const bytes &other) const noexcept {
    return begin == other.begin && run == other.run && level_count == other.level_count &&
           (level_count == 0 || has_same_levels(other));
  }
  bool has_same_levels(const bytes &) const noexcept;
};

inline bytes bytes_of(const operand &named) noexcept {
  return {reinterpret_cast<std::uintptr_t>(named.begin), named.bytes, named.levels, named.level_count};
}

std::size_t hash(const bytes &) noexcept;

/// Whether they have a byte in common: exactly that.
///
/// Complexity: of two runs constant, as of sections of one matrix, level by level; of two progressions logarithmic in
/// their strides. Of others, in proportion to the
///   rows of the one that the other may meet.
bool overlap(const bytes &, const bytes &) noexcept;

} // namespace weave::detail
