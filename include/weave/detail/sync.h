// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The seam: what the runtime has from the machine (atomics, threads, pauses, the clock) goes through here and through the headers of runtime/ that name
// WEAVE_SEAM, the header of what takes its place under test: a model checker (test/model) or a simulated machine (test/sim).
#pragma once

#include "chaos.h"

#ifdef WEAVE_SEAM
#include WEAVE_SEAM
#endif

#include <atomic>
#include <chrono>

namespace weave::detail {
#ifdef WEAVE_SEAM
using seam::atomic;
using seam::steady_clock;
#else
using std::chrono::steady_clock;
#ifdef WEAVE_CHAOS
using chaos::atomic;
#else
template <class T> using atomic = std::atomic<T>;
#endif
#endif
using std::memory_order_acq_rel;
using std::memory_order_acquire;
using std::memory_order_relaxed;
using std::memory_order_release;
using std::memory_order_seq_cst;
} // namespace weave::detail
