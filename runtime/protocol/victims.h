// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "protocol/limits.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <utility>
#include <vector>

namespace weave::protocol {

/// A range of workers that are near to somebody.
struct ring {
  std::uint32_t begin, end;
  std::uint32_t size() const { return end - begin; }
  friend bool operator==(const ring &, const ring &) = default;
};

/// The order in which a thief asks those who may have tasks: the near ones first, among equals from a random start around, so that thieves spread and nobody is left out.
class victims {
public:
  static constexpr std::uint32_t group = limits::marks; ///< Workers whose marks come together.

  /// @param near  rings around the thief, each within the next; none where all are as near
  explicit victims(std::uint32_t seed, std::vector<ring> near = {})
      : near_(std::move(near)), state_(seed * 2654435769u + 1) {}

  /// Calls `ask(victim)` for all of `workers` that are marked but `thief`, until one returns true.
  /// @param marked  the marks of a group: the first of its workers in the lowest bit
  template <class Marked, class Ask> bool any(std::uint32_t workers, std::uint32_t thief, Marked &&marked, Ask &&ask) {
    ring asked{thief, thief + 1};
    const auto ask_each = [&](const ring &some) {
      for (std::uint32_t begin = some.begin / group * group; begin < some.end; begin += group)
        for (std::uint64_t left = marked(begin / group) & part(some, begin) & ~part(asked, begin); left; left &= left - 1)
          if (ask(begin + static_cast<std::uint32_t>(std::countr_zero(left))))
            return true;
      return false;
    };
    const auto ask_ring = [&](const ring &asking) {
      const std::uint32_t start = asking.begin + below(asking.size());
      const bool found = ask_each({start, asking.end}) || ask_each({asking.begin, start});
      asked = asking;
      return found;
    };
    return std::any_of(near_.begin(), near_.end(), ask_ring) || ask_ring({0, workers});
  }

  std::uint32_t below(std::uint32_t limit) { return static_cast<std::uint32_t>(std::uint64_t(next()) * limit >> 32); }

private:
  // Those of a ring among the workers from `begin` on, as marks.
  static std::uint64_t part(const ring &some, std::uint32_t begin) {
    const auto below = [begin](std::uint32_t end) {
      return end <= begin ? 0 : end - begin >= group ? ~std::uint64_t{0} : (std::uint64_t{1} << (end - begin)) - 1;
    };
    return below(some.end) & ~below(some.begin);
  }

  // xorshift32 (Marsaglia 2003)
  std::uint32_t next() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 17;
    return state_ ^= state_ << 5;
  }

  std::vector<ring> near_;
  std::uint32_t state_; // never zero
};

} // namespace weave::protocol
