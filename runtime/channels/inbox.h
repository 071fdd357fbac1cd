// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "weave/detail/contract.h"
#include "weave/detail/future_task.h"

namespace weave::detail {

/// The channel by which calls come to a runtime from any thread: any sender, any receiver, first come first served.
///
/// Protocol: a list. A sender exchanges its newest end, then links what it brought behind what was there
/// (`future_task::after`). Receivers take the oldest call, one
///   receiver at a time: who finds another at it goes away.
/// Ordering: exchanging `last_` and looking whether it is null are sequentially consistent (protocol/README.md, 7).
/// Linking releases the call to who takes it; the claim
///   passes the oldest end from one receiver to the next.
/// Lifetime: the runtime's. A call stays valid while it is in the list, since who takes it lets go of it last.
class inbox {
public:
  inbox() = default;
  inbox(const inbox &) = delete;
  inbox &operator=(const inbox &) = delete;
  /// Lets go of the calls that were begun by who waits for them.
  ~inbox() { sweep(); }

  /// Anyone. Sends calls that are linked to one another, from the first to the last. Whether there were some already.
  /// Complexity: two steps, for any number of calls; waits for nobody.
  bool send(future_task &first, future_task &last) noexcept {
    WEAVE_ASSERT(!glance(last.after), "nothing is behind the last call of a message");
    future_task *const before = last_.exchange(&last, memory_order_seq_cst);
    (before ? before->after : first_).store(&first, memory_order_release);
    return before != nullptr;
  }

  /// Anyone. Whether there are none, not even such as cannot be taken at this moment.
  bool is_empty() const noexcept { return !last_.load(memory_order_seq_cst); }

  /// Anyone. The oldest call. Null if there is none, another receiver is at it, or its sender has not linked it yet.
  future_task *take() noexcept {
    return take_if([](const future_task &) { return true; });
  }

  /// Anyone. Lets go of the oldest calls, as long as those have begun elsewhere.
  void sweep() noexcept {
    while (future_task *begun = take_if([](const future_task &oldest) { return !oldest.can_begin(); }))
      begun->runner_lets_go();
  }

private:
  template <class Wanted> future_task *take_if(Wanted wanted) noexcept {
    if (is_empty() || held_.load(memory_order_relaxed) || held_.exchange(true, memory_order_acquire))
      return nullptr;
    future_task *taken = first_.load(memory_order_acquire);
    if (taken && !(wanted(*taken) && remove(*taken)))
      taken = nullptr;
    held_.store(false, memory_order_release);
    return taken;
  }

  // By who holds the claim. False: a sender has not yet linked what comes behind it.
  bool remove(future_task &oldest) noexcept {
    future_task *next = oldest.after.load(memory_order_acquire);
    if (!next) {
      first_.store(nullptr, memory_order_relaxed); // before the list is seen empty, since whoever sends then writes it
      future_task *expected = &oldest;
      if (last_.compare_exchange_strong(expected, nullptr, memory_order_seq_cst, memory_order_relaxed))
        return true;
      next = oldest.after.load(memory_order_acquire);
    }
    first_.store(next ? next : &oldest, memory_order_relaxed);
    return next != nullptr;
  }

  alignas(64) atomic<future_task *> last_{nullptr};
  alignas(64) atomic<future_task *> first_{nullptr}; // the receivers'
  atomic<bool> held_{false};
};

} // namespace weave::detail
