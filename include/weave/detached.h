// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Detached tasks: they outlive the function that spawns them; the sync_scope around it waits for them.
#pragma once

#include "task.h"

#include <cstddef>
#include <cstdint>
#include <utility>

namespace weave::detail {

/// In a handler: passes what a detached task threw to the scope, or ends the process where there is none.
WEAVE_API void detached_failed(std::uint64_t number) noexcept;

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

/// The place of what is spawned now among the tasks of this thread, for `scope::failed`.
WEAVE_API std::uint64_t number_in_scope() noexcept;

/// Makes a task of the closure, which nobody joins. False, with the closure as it was, if nobody wants one.
WEAVE_API bool make_detached(const closure_type &, void *closure);

/// What the tool calls in place of a frame.
class detached {
public:
  /// @param condition  false: run it here and now
  explicit detached(bool condition = true) : condition_(condition) {}

  template <class F, class Name = unnamed> WEAVE_INLINE void spawn(F &&f, Name name = {}) const {
    if (!condition_ || !task_wanted() || !spawn_task<by_value_if_trivial<F>>(f, name))
      run_detached(f, number_in_scope());
  }

private:
  template <class F, class Name> WEAVE_COLD static bool spawn_task(F f, Name name) {
    return make_detached(named_closure_type<std::remove_reference_t<F>>(name), address_of_closure(f));
  }

  const bool condition_;
};

} // namespace weave::detail
