// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The seam: what the runtime has from the machine (atomics, threads, pauses, the clock) goes through here and through the headers of runtime/ that name
// WEAVE_SEAM, the header of what takes its place under test: a model checker (test/model) or a simulated machine (test/sim).
#pragma once

#include "chaos.h"
#include "config.h"

#ifdef WEAVE_SEAM
#include WEAVE_SEAM
#endif

#include <atomic>
#include <cstdint>

namespace weave::detail {
#ifdef WEAVE_SEAM
using seam::atomic;
#else
#ifdef WEAVE_CHAOS
using chaos::atomic;
#else
template <class T> using atomic = std::atomic<T>;
#endif
#endif

#if defined(__x86_64__) && !defined(WEAVE_SEAM) && !defined(WEAVE_CHAOS) && !defined(WEAVE_THREAD_SANITIZER)
#define WEAVE_FOR_X86
#endif

/// Whether a word of the fast path has that value at this moment: a relaxed load. Compilers make two instructions of it and the comparison where one does.
template <std::uint32_t Value> WEAVE_INLINE bool reads(const atomic<std::uint32_t> &word) noexcept {
#ifdef WEAVE_FOR_X86
  static_assert(sizeof word == sizeof Value);
  bool same;
  asm volatile("cmp{l %2, %1| dword ptr %1, %2}" : "=@cce"(same) : "m"(word), "i"(Value));
  return same;
#else
  return word.load(std::memory_order_relaxed) == Value;
#endif
}

/// Between a store and a load: nothing that a processor would notice, but a sequentially consistent fence to whoever calls `platform::heavy_fence`.
WEAVE_INLINE void light_fence() noexcept { std::atomic_signal_fence(std::memory_order_seq_cst); }

using std::memory_order_acq_rel;
using std::memory_order_acquire;
using std::memory_order_relaxed;
using std::memory_order_release;
using std::memory_order_seq_cst;
} // namespace weave::detail
