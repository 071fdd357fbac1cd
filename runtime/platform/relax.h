// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#ifdef WEAVE_SEAM
#include WEAVE_SEAM
#else
#include <thread>
#endif

#include <cstddef>

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

/// Fetches into this processor's cache what it will read soon.
inline void prefetch(const void *memory, std::size_t bytes) noexcept {
  for (std::size_t at = 0; at < bytes; at += 64)
    __builtin_prefetch(static_cast<const char *>(memory) + at);
}

} // namespace weave::platform
