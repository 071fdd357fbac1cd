// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <cstdint>

namespace weave::protocol {

/// What a worker does that looked for work in vain: spin for a while, then give the processor away, then sleep.
class patience {
public:
  enum class step { spin, yield, sleep };

  step next() {
    if (looks_ < spins) {
      ++looks_;
      return step::spin;
    }
    if (looks_ < spins + yields) {
      ++looks_;
      return step::yield;
    }
    return step::sleep;
  }

  void found_work() { looks_ = 0; }

private:
  // Together about 50 us on an idle machine: the cost of some ten wake-ups, which is what a sleep too early would cost.
  static constexpr std::uint32_t spins = 200;
  static constexpr std::uint32_t yields = 50;

  std::uint32_t looks_ = 0;
};

} // namespace weave::protocol
