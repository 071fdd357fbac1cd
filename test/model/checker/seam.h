// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// WEAVE_SEAM of the models: see include/weave/detail/sync.h.
#pragma once

#include "mutex.h"
#include "races.h"
#include "sync.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>

namespace weave::model {

using mutex = basic_mutex<atomic<bool>>;

/// Time stands still unless a thread of the model says that it passes: what a program does must not depend on anything but
/// the checker's choices.
struct steady_clock {
  using duration = std::chrono::nanoseconds;
  using time_point = std::chrono::time_point<steady_clock, duration>;
  static time_point now() noexcept { return time_point(threads ? threads->elapsed() : duration(0)); }
};

inline void relax() noexcept { threads->spin(); }
inline void yield() noexcept { threads->spin(); }

inline bool prepare_heavy_fences(bool) noexcept { return true; }
inline bool heavy_fence(place at = place::current()) noexcept {
  atomics.heavy_fence(at);
  return true;
}

inline void poison(const void *memory, std::size_t bytes) { plain.poison(memory, bytes); }
inline void unpoison(const void *memory, std::size_t bytes) { plain.unpoison(memory, bytes); }

/// Ends the execution, whose schedule will be printed; outside of one, the program.
[[noreturn]] inline void fail(const char *what) noexcept {
  if (threads)
    threads->fail(what);
  std::fprintf(stderr, "weave: %s\n", what);
  std::abort();
}

} // namespace weave::model

namespace weave {
namespace seam = model;
} // namespace weave
