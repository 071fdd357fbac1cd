// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <algorithm>
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

/// The order in which a thief asks the others: the near ones first, among equals from a random start around, so that
/// thieves spread and nobody is left out. Each ring but the last, which is everybody, takes at most half of the
/// questions that are left, so that far ones are asked in every look.
class victims {
public:
  /// @param near  rings around the thief, each within the next; none where all are as near
  explicit victims(std::uint32_t seed, std::vector<ring> near = {})
      : near_(std::move(near)), state_(seed * 2654435769u + 1) {}

  /// Calls `ask(victim)` for up to `most` of `workers` but `thief`, until one returns true.
  template <class Ask> bool any(std::uint32_t workers, std::uint32_t thief, std::uint32_t most, Ask &&ask) {
    ring asked{thief, thief + 1};
    const auto any_of = [&](const ring &asking, std::uint32_t limit) {
      const std::uint32_t others = asking.size() - asked.size(), count = std::min(others, limit);
      std::uint32_t at = below(others);
      for (std::uint32_t i = 0; i != count; ++i) {
        const std::uint32_t victim = asking.begin + at;
        if (ask(victim < asked.begin ? victim : victim + asked.size()))
          return true;
        if (++at == others)
          at = 0;
      }
      most -= count;
      asked = asking;
      return false;
    };
    for (const ring &each : near_)
      if (any_of(each, most - most / 2))
        return true;
    return any_of({0, workers}, most);
  }

private:
  std::uint32_t below(std::uint32_t limit) { return static_cast<std::uint32_t>(std::uint64_t(next()) * limit >> 32); }

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
