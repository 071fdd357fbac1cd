// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "protocol/limits.h"

#include <cstdint>

namespace weave::protocol {

/// What a worker does that looked for work in vain: spin for a while, then give the processor away, then sleep.
class patience {
public:
  enum class step { spin, yield, sleep };

  explicit patience(std::uint32_t spins = limits::spins, std::uint32_t yields = limits::yields)
      : spins_(spins), yields_(yields) {}

  step next() {
    if (looks_ < spins_) {
      ++looks_;
      return step::spin;
    }
    if (looks_ < spins_ + yields_) {
      ++looks_;
      return step::yield;
    }
    return step::sleep;
  }

  void found_work() { looks_ = 0; }

private:
  std::uint32_t spins_, yields_;
  std::uint32_t looks_ = 0;
};

/// One that sleeps at once.
inline patience no_patience() { return patience(0, 0); }

} // namespace weave::protocol
