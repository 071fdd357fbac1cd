// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// reduction(...) reproducible: the same operations in the same order, whoever does them (runtime/loops/reproducible.cpp).
#pragma once

#include "loop.h"

namespace weave::detail {

/// As `parallel_reduce`, but the result does not depend on who takes part, to the last bit.
template <class Space, class Body, class... Reduced>
void reproducible_reduce(loop_options options, const Space &space, const Body &body, const Reduced &...reduced) {
  start_loop(&run_reproducible_loop, &run_share<Space, Body, Reduced...>, options, space, body, reduced...);
}
template <class Space, class Body, class... Reduced>
void reproducible_reduce(const Space &space, const Body &body, const Reduced &...reduced) {
  reproducible_reduce(loop_options(), space, body, reduced...);
}

} // namespace weave::detail
