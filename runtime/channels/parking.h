// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "platform/futex.h"
#include "platform/relax.h"
#include "weave/detail/contract.h"
#include "weave/detail/sync.h"

#include <cstdint>

namespace weave::detail {

/// Where one thread sleeps until a wake-up comes: a channel of capacity one whose messages coalesce.
///
/// Protocol: empty -> parked (by the owner, unless it polls) -> notified (by anyone) -> empty (by the owner). A notification that comes first makes the next park return at once.
/// Ordering: unpark releases and the last step of park acquires, so what precedes an unpark is seen after the park that it ends.
/// Lifetime: as long as the worker that sleeps here, or see below; a late unpark is harmless, because parking allows spurious returns.
class parking {
public:
  void park(platform::clock::time_point until = platform::never) noexcept {
    WEAVE_ASSERT(glance(state_) != state::parked, "one thread sleeps in a parking");
    state expected = state::empty;
    if (state_.compare_exchange_strong(expected, state::parked, memory_order_relaxed))
      platform::sleep_while(state_, state::parked, until);
    state_.exchange(state::empty, memory_order_acquire);
  }

  /// The same without sleeping: for who would rather have the wake-up soon than the processor free.
  void poll(platform::clock::time_point until = platform::never) noexcept {
    WEAVE_ASSERT(glance(state_) != state::parked, "one thread waits in a parking");
    for (unsigned looks = 1; state_.load(memory_order_relaxed) != state::notified && !platform::is_over(until); ++looks)
      if (looks % 64 == 0)
        platform::yield();
      else
        platform::relax();
    state_.exchange(state::empty, memory_order_acquire);
  }

  void unpark() noexcept {
    if (state_.exchange(state::notified, memory_order_release) == state::parked)
      platform::wake_one(state_);
  }

private:
  enum class state : std::int32_t { empty, parked, notified }; // the size of a futex
  atomic<state> state_{state::empty};
};

/// A parking for wakers that may come when its worker, or its whole runtime, has gone.
///
/// Protocol: whoever holds the address holds a reference, and gives it up after use.
/// Ordering: the last release acquires what the others released.
/// Lifetime: until the last reference is given up.
class counted_parking : public parking {
public:
  counted_parking *retain() noexcept {
    WEAVE_ASSERT(glance(references_) != 0, "who retains a parking holds a reference");
    references_.fetch_add(1, memory_order_relaxed);
    return this;
  }
  void release() noexcept {
    WEAVE_ASSERT(glance(references_) != 0, "who releases a parking holds a reference");
    if (references_.fetch_sub(1, memory_order_acq_rel) == 1)
      delete this;
  }

private:
  atomic<std::uint32_t> references_{1};
};

} // namespace weave::detail
