// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "weave/detail/direct_offer.h"

namespace weave::detail {

bool direct_offer::pass_to(word next) noexcept {
  WEAVE_ASSERT(next == given_up || next == offered, "bias passes to given up or offered");
  word seen = word_.load(memory_order_relaxed);
  while (phase(seen) < next)
    if (word_.compare_exchange_weak(seen, round(seen) | next, memory_order_seq_cst, memory_order_relaxed))
      return true;
  return false;
}

// False: it is taken.
bool direct_offer::become(word next) noexcept {
  WEAVE_ASSERT(next == given_up || next == taken, "an owner takes its direct task back, or takes it");
  word seen = word_.load(memory_order_relaxed);
  while (phase(seen) != taken)
    if (word_.compare_exchange_weak(seen, round(seen) | next, memory_order_relaxed, memory_order_relaxed))
      return true;
  return false;
}

} // namespace weave::detail
