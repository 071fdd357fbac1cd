// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "machine/machine.h"
#include "runtime.h"

#include <vector>

namespace weave::detail {

/// Looks into the workers of a runtime from outside.
struct inspection {
  static constexpr std::size_t slots = offers::capacity + 1;
  /// What it has on offer there; null if nothing. The last one is the direct task's.
  static const task *offered(const worker &each, std::size_t slot) {
    if (slot == offers::capacity)
      return each.offers_direct() ? each.record : nullptr;
    return each.offers_.slots_[slot].load();
  }
  /// Whether it is not buried under so many tasks of others that it takes no more.
  static bool takes_any(const worker &each) { return each.may_take_foreign(); }
};

} // namespace weave::detail

namespace weave::sim {

/// What must hold at every moment, while somebody sleeps who could work: no task stays on offer, and the request stands at each worker that offers nothing.
class watch {
public:
  /// @param patience  how long a wake-up may take
  watch(detail::runtime &home, nanoseconds patience) : home_(home), patience_(patience) {}

  /// For `machine::watch`, at each look.
  void look();

private:
  struct sight {
    const void *task = nullptr;
    nanoseconds since = 0;
  };
  struct seen {
    std::vector<sight> slots;
    nanoseconds deaf = 0; // since when it has neither an offer nor a request
  };

  detail::runtime &home_;
  const nanoseconds patience_;
  std::vector<seen> workers_;
};

} // namespace weave::sim
