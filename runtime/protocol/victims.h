// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <cstdint>

namespace weave::protocol {

/// The order in which a thief asks the others: from a random start around, so that thieves spread and nobody is left out.
class victims {
public:
  explicit victims(std::uint32_t seed) : state_(seed * 2654435769u + 1) {}

  /// Calls `ask(victim)` for up to `most` of `workers` but `thief`, until one returns true.
  template <class Ask> bool any(std::uint32_t workers, std::uint32_t thief, std::uint32_t most, Ask &&ask) {
    if (workers < 2)
      return false;
    std::uint32_t victim = static_cast<std::uint32_t>(std::uint64_t(next()) * workers >> 32);
    for (std::uint32_t i = 0, asked = 0; i != workers && asked != most; ++i) {
      if (victim != thief) {
        if (ask(victim))
          return true;
        ++asked;
      }
      if (++victim == workers)
        victim = 0;
    }
    return false;
  }

private:
  // xorshift32 (Marsaglia 2003)
  std::uint32_t next() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 17;
    return state_ ^= state_ << 5;
  }

  std::uint32_t state_; // never zero
};

} // namespace weave::protocol
