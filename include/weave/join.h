// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// spawn and sync: the inline fast path. docs/generated-code.md shows how the tool uses it.
#pragma once

#include "task.h"

namespace weave::detail {

/// What a task threw.
struct failure {
  std::exception_ptr error; ///< Null: nothing.
  std::uint64_t task;       ///< The number of the task.
};

/// Throws what a task threw.
[[noreturn]] WEAVE_API void throw_failure(failure &&);
/// Throws on what is being handled, which left the task of that number.
[[noreturn]] WEAVE_API void throw_on_from(std::uint64_t task);
/// Whether the exception that is being handled left a task created before number `task`, by a frame of an inner block.
WEAVE_API bool handled_precedes(std::uint64_t task) noexcept;

/// Ends the tasks of an activation on every way out of its block.
///
/// Thread-safety: a frame belongs to the thread that made it.
/// Complexity: a spawn that runs in place costs one load and one branch; a join of nothing one test.
class frame {
public:
  frame() = default;
  frame(const frame &) = delete;
  frame &operator=(const frame &) = delete;

  /// Reached with tasks outstanding on a normal way out, or while an exception passes a block that has no WEAVE_TRY.
  ~frame() noexcept(false) {
    if (WEAVE_UNLIKELY(newest_ != nullptr))
      leave(std::exchange(newest_, nullptr), exceptions_);
  }

  /// Runs `f` in place or makes a task of it. What `f` throws in place passes through.
  template <class F, class Name = unnamed> WEAVE_INLINE void spawn(F &&f, Name name = {}) {
    if (!task_wanted() || !spawn_task<by_value_if_trivial<F>>(f, nullptr, name))
      WEAVE_INLINE_CALL f();
  }
  /// The same, and binds the handle.
  template <class F, class Name = unnamed> WEAVE_INLINE void spawn(handle &bound, F &&f, Name name = {}) {
    handle_access::bind(bound);
    if (!task_wanted() || !spawn_task<by_value_if_trivial<F>>(f, &bound, name))
      WEAVE_INLINE_CALL f();
  }

  /// Waits for every task of this frame. Throws what the first of them in serial order threw.
  WEAVE_INLINE void sync() {
    if (WEAVE_UNLIKELY(newest_ != nullptr))
      join(std::exchange(newest_, nullptr));
  }
  /// Waits for those that are bound to the handle.
  WEAVE_INLINE void sync(const handle &awaited) {
    if (WEAVE_UNLIKELY(newest_ != nullptr))
      join(awaited);
  }

  /// Stands between the variables of a region that its tasks borrow, and the tasks: they are done before those end.
  class borrowing {
  public:
    explicit borrowing(frame &tasks) : tasks_(tasks) {}
    borrowing(const borrowing &) = delete;
    borrowing &operator=(const borrowing &) = delete;
    ~borrowing() noexcept(false) {
      if (WEAVE_UNLIKELY(tasks_.newest_ != nullptr))
        tasks_.end_borrowing();
    }

  private:
    frame &tasks_;
  };
  borrowing borrow() { return borrowing(*this); }

  /// For a handler of all exceptions: joins, then throws the exception that comes first in serial order.
  [[noreturn]] void rethrow() { rethrow(std::exchange(newest_, nullptr)); }

protected:
  bool has_tasks() const { return newest_ != nullptr; }

  // A direct task that is left on a way out without a sync is the only one of the list. An exception that passes does not come as far as this frame's end.
  WEAVE_COLD WEAVE_API void adopt(task &only) noexcept;

  // False, with `f` as it was: run it in place. Not called from here, since cold code is not optimised for speed.
  template <class F, class Name> WEAVE_COLD bool spawn_task(F f, handle *bound, Name name) {
    return make_task(named_closure_type<std::remove_reference_t<F>>(name), address_of_closure(f), bound);
  }

private:
  WEAVE_API bool make_task(const closure_type &, void *closure, handle *bound);
  void begin() noexcept;
  void sweep() noexcept;
  // Static, so that the address of a frame is seldom needed, or G++ would keep a register for it.
  WEAVE_COLD static WEAVE_API void join(task *newest);
  WEAVE_COLD static WEAVE_API void leave(task *newest, int exceptions);
  [[noreturn]] WEAVE_COLD static WEAVE_API void rethrow(task *newest);
  WEAVE_COLD WEAVE_API void join(const handle &);
  WEAVE_COLD WEAVE_API void end_borrowing();

  task *newest_ = nullptr;
  // Set when the list begins, so that a frame without tasks does not pay for them.
  int exceptions_; // in flight at that moment
  std::uint32_t created_, sweep_at_;
};

} // namespace weave::detail
