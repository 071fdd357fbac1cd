// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#ifdef WEAVE_SEAM
#include WEAVE_SEAM
#else
#include <thread>
#endif

namespace weave::platform {

#ifdef WEAVE_SEAM
using seam::relax;
using seam::yield;
#else
/// Tells the processor that this is a waiting loop.
inline void relax() noexcept {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("isb" ::: "memory");
#endif
}

/// Lets another thread run.
inline void yield() noexcept { std::this_thread::yield(); }
#endif

} // namespace weave::platform
