// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the algorithms are made of, parallel or as the serial stand-in: a loop in pieces, and a fork of two.
#pragma once

#include "../iterations.h"
#include "../reduce.h"

#include <type_traits>

#if defined(__WEAVE__) || defined(WEAVE_PARALLEL)
#include "../loop.h"
#include "../region.h"
#include "../runtime.h"
#endif

namespace weave::detail {

/// How an algorithm keeps a function of the user's: a copy, if nobody can notice, so that the compiler sees that
/// nothing changes it.
template <class F>
using kept = std::conditional_t<std::is_trivially_copyable_v<F> && sizeof(F) <= 128, const F, const F &>;

#if defined(__WEAVE__) || defined(WEAVE_PARALLEL)

/// Calls `body(begin, end, accumulators...)` for all iterations, in pieces that may run in parallel.
template <class Space, class Body, class... Reduced>
void run_pieces(const Space &space, const Body &body, const Reduced &...reduced) {
  parallel_reduce(space, body, reduced...);
}

/// Calls both, which may run in parallel, and returns when both are done.
template <class F, class G> void fork_join(const F &f, const G &g) {
  region([&f, &g](auto &tasks) {
    auto forked = tasks.fork([&f] { f(); });
    g();
    forked.join();
    tasks.sync();
  });
}

inline unsigned workers() { return num_workers(); }

#else

template <class Space, class Body, class... Reduced>
void run_pieces(const Space &space, const Body &body, const Reduced &...reduced) {
  if (space.count() != 0)
    run_stretch(space, 0, space.count(), body, reduced.named.view(reduced.named.first())...);
}

template <class F, class G> void fork_join(const F &f, const G &g) {
  f();
  g();
}

inline unsigned workers() { return 1; }

#endif

} // namespace weave::detail
