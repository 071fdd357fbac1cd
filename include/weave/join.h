// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// spawn and sync: the inline fast path. docs/generated-code.md shows how the tool uses it.
#pragma once

#include "batch.h"

#include <utility>

namespace weave::detail {

/// What a task threw.
struct failure {
  std::exception_ptr error; ///< Null: nothing.
  std::uint64_t task;       ///< The number of the task.
};

/// Waits for the tasks of a list, newest first, and frees them. Returns the exception that comes first in serial order.
failure join_tasks(task *newest) noexcept;
/// Throws what a task threw.
[[noreturn]] void throw_failure(failure &&);
/// Whether the exception that is being handled left a task created before number `task`, by a frame of an inner block.
bool handled_precedes(std::uint64_t task) noexcept;

/// Takes the tasks that are bound to a handle out of a list; they keep their order.
task *take_bound(task *&newest, const handle &) noexcept;

/// Waits for the tasks of a list and leaves them there.
void finish_tasks(task *newest) noexcept;

/// Frees the tasks of a list that are done and did not throw. Returns how many are left.
std::uint32_t sweep_tasks(task *&newest) noexcept;

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
      leave();
  }

  /// Runs `f` in place or makes a task of it. What `f` throws in place passes through.
  template <class F> WEAVE_INLINE void spawn(F &&f) {
    if (!task_wanted() || !spawn_task<by_value_if_trivial<F>>(f, nullptr))
      WEAVE_INLINE_CALL f();
  }
  /// The same, and binds the handle.
  template <class F> WEAVE_INLINE void spawn(handle &bound, F &&f) {
    handle_access::bind(bound);
    if (!task_wanted() || !spawn_task<by_value_if_trivial<F>>(f, &bound))
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
      join(take_bound(newest_, awaited));
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
  [[noreturn]] WEAVE_COLD void rethrow() {
    failure first = join_tasks(std::exchange(newest_, nullptr));
    if (first.error && !handled_precedes(first.task))
      throw_failure(std::move(first));
    std::rethrow_exception(std::current_exception());
  }

protected:
  bool has_tasks() const { return newest_ != nullptr; }

  // A direct task that is left on a way out without a sync is the only one of the list. An exception that passes does not come as far as this frame's end.
  WEAVE_COLD void adopt(task &only) noexcept {
    begin();
    only.previous = nullptr;
    newest_ = &only;
  }

  // False, with `f` as it was: run it in place. Not called from here, since cold code is not optimised for speed.
  template <class F> WEAVE_COLD bool spawn_task(F f, handle *bound) {
    if constexpr (!std::is_reference_v<F>) // so that it may be copied unseen
      if (newest_ && !bound && closure_batch<F>::add(*newest_, f))
        return true;
    worker_base *worker = worker_for_task();
    task *made = worker ? make_spawned<F>(*worker, f, bound) : nullptr;
    if (!made)
      return false;
    if (!newest_)
      begin();
    else if (++created_ >= sweep_at_)
      sweep();
    made->at.tasks = ++here.tasks;
    made->previous = newest_;
    newest_ = made;
    if (bound) {
      made->bound = bound;
      handle_access::begin(*bound);
    }
    offer(*worker, *made);
    return true;
  }

private:
  template <class F> static task *make_spawned(worker_base &owner, std::remove_reference_t<F> &f, const handle *bound) {
    if constexpr (!std::is_reference_v<F>)
      if (const std::uint32_t capacity = bound ? 1 : next_batch(owner); capacity > 1)
        return closure_batch<F>::make(owner, capacity, f);
    return make_task<closure_task<task, std::remove_reference_t<F>>>(owner, std::move(f));
  }

  void begin() noexcept {
    exceptions_ = std::uncaught_exceptions();
    created_ = 0;
    sweep_at_ = least_sweep;
  }

  // Keeps the list, and so the memory of a flood of tasks, within twice what is unfinished.
  void sweep() noexcept {
    created_ = sweep_tasks(newest_);
    sweep_at_ = 2 * created_ + least_sweep;
  }

  WEAVE_COLD void join(task *newest) {
    if (failure first = join_tasks(newest); first.error)
      throw_failure(std::move(first));
  }

  // What the tasks threw waits for `rethrow` if an exception passes.
  WEAVE_COLD void end_borrowing() {
    if (std::uncaught_exceptions() != 0)
      finish_tasks(newest_);
    else
      join(std::exchange(newest_, nullptr));
  }

  // An exception that is already on its way cannot be replaced here; it wins over those of the tasks.
  WEAVE_COLD void leave() {
    failure first = join_tasks(std::exchange(newest_, nullptr));
    if (first.error && std::uncaught_exceptions() <= exceptions_)
      throw_failure(std::move(first));
  }

  static constexpr std::uint32_t least_sweep = 16;

  task *newest_ = nullptr;
  // Set when the list begins, so that a frame without tasks does not pay for them.
  int exceptions_; // in flight at that moment
  std::uint32_t created_, sweep_at_;
};

} // namespace weave::detail
