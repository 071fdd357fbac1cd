// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a worker counts of itself. Only where something slow happens anyway: no spawn in place, no task that is taken
// back unseen, no strip of a loop comes by here.
#pragma once

#include "platform/ticks.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace weave::detail::observe {

enum class event : std::size_t {
  offered, ///< Tasks that it put where others look for them, but for direct ones.
  stolen,  ///< Tasks, direct ones too, that it took from others and ran. A batch is one.
  waited,  ///< Waits in which it ran other tasks, or slept.
  slept,
  woke, ///< Others that it woke.
};
constexpr std::size_t events = 5;

/// What its thread does.
enum class activity : std::size_t {
  nothing, ///< It has no thread, or that is over.
  working,
  searching,
  sleeping,
};
constexpr std::size_t activities = 4;

/// Counts and times of one worker.
///
/// Protocol: its owner writes; anyone may read at any time.
/// Ordering: relaxed: what is read may be a little old, and two figures from two moments. The thread that joined the
///   owner reads the last.
/// Not `detail::atomic`: nothing depends on it, so that models and the simulator need not see it.
class tally {
public:
  explicit tally(bool takes_times) : takes_times_(takes_times) {}

  void count(event what) noexcept {
    std::atomic<std::uint64_t> &counter = counts_[static_cast<std::size_t>(what)];
    counter.store(counter.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
  }
  std::uint64_t of(event what) const noexcept {
    return counts_[static_cast<std::size_t>(what)].load(std::memory_order_relaxed);
  }

  /// Says what the thread does from now on. Returns what it did.
  activity turn_to(activity next) noexcept {
    const activity before = now_.load(std::memory_order_relaxed);
    if (!takes_times_ || before == next)
      return before;
    const platform::ticks at = platform::read_ticks();
    std::atomic<platform::ticks> &spent = spent_[static_cast<std::size_t>(before)];
    const platform::ticks since = since_.load(std::memory_order_relaxed);
    spent.store(spent.load(std::memory_order_relaxed) + (at - since), std::memory_order_relaxed);
    since_.store(at, std::memory_order_relaxed);
    now_.store(next, std::memory_order_relaxed);
    return before;
  }
  /// Up to this moment.
  platform::ticks spent(activity in) const noexcept {
    const platform::ticks whole = spent_[static_cast<std::size_t>(in)].load(std::memory_order_relaxed);
    return now_.load(std::memory_order_relaxed) == in && takes_times_
               ? whole + (platform::read_ticks() - since_.load(std::memory_order_relaxed))
               : whole;
  }

private:
  const bool takes_times_;
  std::array<std::atomic<std::uint64_t>, events> counts_{};
  std::array<std::atomic<platform::ticks>, activities> spent_{};
  std::atomic<activity> now_{activity::nothing};
  std::atomic<platform::ticks> since_{0};
};

} // namespace weave::detail::observe
