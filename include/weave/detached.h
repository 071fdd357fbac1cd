// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Detached tasks: they outlive the function that spawns them; the sync_scope around it waits for them.
#pragma once

#include "detail/future_task.h"

#include <cstddef>
#include <cstdint>
#include <utility>

namespace weave::detail {

/// In a handler: passes what a detached task threw to the scope, or ends the process where there is none.
void detached_failed(std::uint64_t number) noexcept;

template <class F> void run_detached(F &f, std::uint64_t number) noexcept {
#if WEAVE_HAS_EXCEPTIONS
  try {
    f();
  } catch (...) {
    detached_failed(number);
  }
#else
  (void)number;
  f();
#endif
}

/// For `scope::failed`: the place of what is spawned now among the tasks of this thread.
inline std::uint64_t number_in_scope() noexcept {
  return here.within && here.within->is_own_thread() ? ++here.tasks : scope::unordered;
}

/// A task that nobody holds: its runner frees it, and says so to the scope.
template <class F> struct detached_task final : future_task {
  /// In the memory of its owner's tasks.
  detached_task(F &&f, worker_base &owner, std::size_t, std::size_t) : detached_task(std::move(f), owner) {
    memory = &owner;
  }
  /// In the general memory.
  detached_task(F &&f, worker_base &owner) : future_task(&run_call, &destroy_call, owner), call(std::move(f)) {
    state.store(progress::abandoned, memory_order_relaxed);
  }
  ~detached_task() {}

  static void run_call(task &self) noexcept {
    auto &me = static_cast<detached_task &>(self);
    run_detached(me.call, me.order);
    me.call.~F();
  }
  static void destroy_call(future_task &self) noexcept {
    auto &me = static_cast<detached_task &>(self);
    scope &counts = *me.counted;
    if (worker_base *const owner = me.memory) {
      me.~detached_task();
      give_back(*owner, &me, sizeof me, alignof(detached_task));
    } else {
      delete &me;
    }
    counts.ended();
  }

  const std::uint64_t order = number_in_scope();
  worker_base *memory = nullptr; ///< Whose it is; not `owner`, who may change if the task is delayed.
  union {
    F call; // destroyed by run_call, on the thread that ran it
  };
};

/// Puts a detached task on offer.
void offer_detached(worker_base &, future_task &) noexcept;

/// What the tool calls in place of a frame.
class detached {
public:
  /// @param condition  false: run it here and now
  explicit detached(bool condition = true) : condition_(condition) {}

  template <class F> WEAVE_INLINE void spawn(F &&f) const {
    if (!condition_ || !task_wanted() || !spawn_task<by_value_if_trivial<F>>(f))
      run_detached(f, number_in_scope());
  }

private:
  template <class F> WEAVE_COLD static bool spawn_task(F f) {
    worker_base *worker = worker_for_task();
    auto *made = worker ? make_task<detached_task<std::remove_reference_t<F>>>(*worker, std::move(f)) : nullptr;
    if (made)
      offer_detached(*worker, *made);
    return made;
  }

  const bool condition_;
};

} // namespace weave::detail
