// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a worker counts of itself. Only where something slow happens anyway: no spawn in place, no task that is taken
// back unseen, no strip of a loop comes by here.
#pragma once

#include "observe/witness.h"
#include "platform/ticks.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

namespace weave::detail::observe {

enum class event : std::size_t {
  offered, ///< Tasks that it put where others look for them, but for direct ones.
  stolen,  ///< Tasks, direct ones too, that it took from others and ran. A batch is one.
  waited,  ///< Waits in which it ran other tasks, or slept.
  slept,
  woke, ///< Others that it woke.
};
constexpr std::size_t events = 5;

/// A number of a worker's that others may read.
///
/// Ordering: relaxed. Not `detail::atomic`: nothing depends on it, so models and the simulator need not see it.
template <class T> class figure {
public:
#ifdef WEAVE_SEAM // there one thread runs at a time
  T get() const noexcept { return value_; }
  void set(T value) noexcept { value_ = value; }

private:
  T value_{};
#else
  T get() const noexcept { return value_.load(std::memory_order_relaxed); }
  void set(T value) noexcept { value_.store(value, std::memory_order_relaxed); }

private:
  std::atomic<T> value_{};
#endif
};

/// Counts and times of one worker.
///
/// Protocol: its owner writes; anyone may read at any time.
/// Ordering: what is read may be a little old, and two figures from two moments. Who joined the owner's thread reads the
///   last.
class tally {
public:
  /// @param seen_by  null: nobody
  tally(bool takes_times, std::unique_ptr<witness> seen_by)
      : takes_times_(takes_times || seen_by), seen_by_(std::move(seen_by)) {}

  /// Null: nobody.
  witness *seen_by() const noexcept { return seen_by_.get(); }
  recorder *records() const noexcept { return seen_by_ ? seen_by_->records() : nullptr; }

  void count(event what) noexcept {
    figure<std::uint64_t> &counter = counts_[static_cast<std::size_t>(what)];
    counter.set(counter.get() + 1);
  }
  std::uint64_t of(event what) const noexcept { return counts_[static_cast<std::size_t>(what)].get(); }

  /// Says what the thread does from now on. Returns what it did.
  activity turn_to(activity next) noexcept {
    const activity before = now_.get();
    if (!takes_times_ || before == next)
      return before;
    const platform::ticks at = platform::read_ticks();
    figure<platform::ticks> &spent = spent_[static_cast<std::size_t>(before)];
    spent.set(spent.get() + (at - since_.get()));
    if (seen_by_)
      seen_by_->turned(before, since_.get(), next, at);
    if (before == activity::nothing)
      thread_since_.set(at);
    if (next == activity::nothing && records())
      records()->add({thread_since_.get(), at, nullptr, nullptr, what::thread, 0});
    since_.set(at);
    now_.set(next);
    return before;
  }
  /// Says that it woke another.
  void woke(std::uint32_t other) noexcept {
    count(event::woke);
    if (seen_by_)
      seen_by_->woke(other);
  }
  /// Since when a thread has been the worker, if one is.
  std::optional<platform::ticks> thread_since() const noexcept {
    return now_.get() == activity::nothing ? std::nullopt : std::optional(thread_since_.get());
  }
  /// Up to this moment.
  platform::ticks spent(activity in) const noexcept {
    const platform::ticks whole = spent_[static_cast<std::size_t>(in)].get();
    return now_.get() == in && takes_times_ ? whole + (platform::read_ticks() - since_.get()) : whole;
  }

private:
  const bool takes_times_;
  const std::unique_ptr<witness> seen_by_;
  std::array<figure<std::uint64_t>, events> counts_{};
  std::array<figure<platform::ticks>, activities> spent_{};
  figure<activity> now_{};
  figure<platform::ticks> since_{}, thread_since_{};
};

} // namespace weave::detail::observe
