// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tasks that no frame joins: calls that futures hold, and detached ones.
#pragma once

#include "../scope.h"
#include "../task.h"
#include "place.h"

#include <cstdint>
#include <vector>

namespace weave::detail {

struct future_task;
class runtime;
struct event_part;

/// A task's place in the list of those that wait for an event.
struct event_edge {
  future_task *task;
  event_edge *next;
  event_part *awaited;
  place made; // the event
};

/// A task that its future holds: no frame joins it, and it may outlive the activation and the thread that made it.
///
/// Protocol: `begun` says who may run it: delayed -> ready by the last event that it waits for, -> begun by whoever gets there first, a thief or the thread that waits. `reader` says who waits: nobody or one parking ->
///   done; whoever takes a parking out of the word wakes it. `task::state` says who frees it: the runner and the holder each set it once, and the second frees.
/// Ordering: `done` releases the result to who acquires it; the second to let go acquires what the first released. Making it ready and looking whether it is, and entering `reader`, are
///   sequentially consistent (protocol/README.md, 5). Whoever claims it has acquired it before, by such a look or from the offers.
/// Lifetime: until the holder has let go and the worker that received it has; what a slot of the offers holds stays valid.
struct future_task : task {
  enum class start : std::uint32_t { delayed, ready, begun };
  static constexpr std::uintptr_t nobody = 0, done = 1; // or the address of a counted_parking

  using deleter = void (*)(future_task &) noexcept;
  future_task(function run, deleter destroy, worker_base &owner) noexcept : task(run, owner, 0, 0), destroy(destroy) {}

  bool is_done() const noexcept { return reader.load(memory_order_acquire) == done; }
  bool can_begin() const noexcept { return begun.load(memory_order_seq_cst) == start::ready; }
  /// True for one caller, which must run it.
  bool claim() noexcept {
    start expected = start::ready;
    const bool mine = begun.compare_exchange_strong(expected, start::begun, memory_order_relaxed);
    WEAVE_ASSERT(mine || expected == start::begun, "nobody claims a call that is delayed");
    return mine;
  }

  /// Nobody holds it. While it has not begun.
  bool is_detached() const noexcept { return state.load(memory_order_relaxed) == progress::abandoned; }

  /// The last thing that who received it does.
  void runner_lets_go() noexcept {
    WEAVE_ASSERT(glance(state) != progress::done, "who received a call lets go of it once");
    if (state.exchange(progress::done, memory_order_acq_rel) == progress::abandoned)
      discard();
  }
  void discard() noexcept { destroy(*this); }

  atomic<start> begun{start::ready};
  atomic<std::uintptr_t> reader{nobody};
  const deleter destroy;
  scope *counted = nullptr; ///< In which the call counts, from the offer or the delay to its end.
  // Of a call that waits for events: how many have not happened, one more while it is being delayed; its places in their lists; where it was spawned.
  atomic<std::uint32_t> missing{0};
  std::vector<event_edge> edges;
  place spawned{};
  // Of a call that is not on offer by a worker: the one behind it, and whose inbox it is in or will be.
  atomic<future_task *> after{nullptr};
  runtime *home = nullptr; ///< Null: a thread without a worker spawned it in a scope of its own.
  bool submitted = false; ///< Rather than spawned, so that only workers of its home run it.

protected:
  WEAVE_API void finished() noexcept;
};

} // namespace weave::detail
