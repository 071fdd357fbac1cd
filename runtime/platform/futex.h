// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Sleeping on a word: as `std::atomic::wait`, which has no deadline.
#pragma once

#include "platform/clock.h"
#include "weave/detail/sync.h"

#include <cstdint>

#ifndef WEAVE_SEAM
#include <ctime>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace weave::platform {

/// In place of a deadline.
inline constexpr clock::time_point never = clock::time_point::max();

/// The deadline after so long, which may be the longest time there is.
inline clock::time_point after(std::chrono::nanoseconds time) noexcept {
  const auto now = clock::now();
  return time < never - now ? now + time : never;
}

/// Whether a deadline has come.
inline bool is_over(clock::time_point deadline) noexcept { return deadline != never && clock::now() >= deadline; }

#ifdef WEAVE_SEAM
// Time does not pass while somebody sleeps.
template <class T> void sleep_while(const detail::atomic<T> &word, T value, clock::time_point) noexcept {
  word.wait(value, detail::memory_order_relaxed);
}
template <class T> void wake_one(detail::atomic<T> &word) noexcept { word.notify_one(); }
#else
/// Sleeps if the word has that value at this moment, until `wake_one`, the deadline, or for no reason.
template <class T> void sleep_while(const detail::atomic<T> &word, T value, clock::time_point deadline) noexcept {
  static_assert(sizeof word == sizeof(std::uint32_t), "a futex has 32 bits");
  timespec until{};
  if (deadline != never) {
    const auto since_start = std::chrono::duration_cast<std::chrono::nanoseconds>(deadline.time_since_epoch()).count();
    until = {static_cast<std::time_t>(since_start / 1'000'000'000), static_cast<long>(since_start % 1'000'000'000)};
  }
  // This one of the operations takes a deadline of the monotonic clock, and not a duration.
  syscall(SYS_futex, &word, FUTEX_WAIT_BITSET_PRIVATE, value, deadline == never ? nullptr : &until, nullptr,
          FUTEX_BITSET_MATCH_ANY);
}
template <class T> void wake_one(detail::atomic<T> &word) noexcept {
  syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, 1, nullptr, nullptr, 0);
}
#endif

} // namespace weave::platform
