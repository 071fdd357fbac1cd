// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "protocol/limits.h"

#include <cstdint>

namespace weave::protocol {

/// What a worker does that looked for work in vain: spin for a while, then give the processor away, then sleep.
class patience {
public:
  enum class step { spin, yield, sleep };

  step next() {
    if (looks_ < limits::spins) {
      ++looks_;
      return step::spin;
    }
    if (looks_ < limits::spins + limits::yields) {
      ++looks_;
      return step::yield;
    }
    return step::sleep;
  }

  void found_work() { looks_ = 0; }

private:
  std::uint32_t looks_ = 0;
};

} // namespace weave::protocol
