// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "platform/ticks.h"
#include "protocol/strips.h"

namespace weave::detail {

/// What a worker keeps from one loop to the next.
struct loop_clock {
  explicit loop_clock(const platform::tick_length &tick) : tick(tick) {}

  double nanoseconds(platform::ticks passed) const noexcept { return static_cast<double>(passed) * tick.nanoseconds(); }

  const platform::tick_length &tick; ///< The runtime's.
  platform::ticks last = 0;          ///< When it read the counter last.
  protocol::early_splits early;
};

/// Of the calling thread. Null if it is no worker yet, which only a split makes of it.
loop_clock *clock_of_this_thread() noexcept;

} // namespace weave::detail
