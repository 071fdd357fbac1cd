// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// sync_scope: waits at its end for all that was spawned inside, detached tasks and all descendants included.
#pragma once

#include "join.h"

#include <cstdint>
#include <exception>
#include <utility>

namespace weave {
namespace detail {

class counted_parking;

/// What a detached task threw.
struct thrown_in_scope {
  failure what;
  thrown_in_scope *next;
};

/// Counts the tasks that no frame joins, and keeps what they throw.
///
/// Protocol: runtime/protocol/README.md, "scopes and detached tasks". `tasks_` holds how many are running (made and not ended), how many are delayed, and whether somebody waits;
///   each change of it is one step.
/// Ordering: `ended` releases what the task did to who acquires the zero. `sleeper_` is published by `awaited`. A failure is published by the
///   `ended` of the task that failed.
/// Lifetime: until it is quiet. Whoever takes the last task out does not touch it afterwards.
class scope {
public:
  scope() = default;
  explicit scope(scope *outer) noexcept : outer(outer), thread_(&here) {}
  scope(const scope &) = delete;
  scope &operator=(const scope &) = delete;

  void made() noexcept { tasks_.fetch_add(running, memory_order_relaxed); }
  /// The same for so many. Who sees the scope closed afterwards, and `ended`, was refused.
  void admit(std::size_t tasks) noexcept { tasks_.fetch_add(running * tasks, memory_order_acquire); }
  /// After it was said that the scope is closed: whether it is quiet, for good. Whoever is counted later sees that it
  /// is closed.
  bool settles() noexcept { return tasks_.fetch_add(0, memory_order_acq_rel) == 0; }
  /// One that counts as running is delayed.
  void postponed() noexcept { tasks_.fetch_add(waiting - running, memory_order_relaxed); }
  void delayed() noexcept { tasks_.fetch_add(waiting, memory_order_relaxed); }
  void ready() noexcept {
    WEAVE_ASSERT(glance(tasks_) >= waiting, "a scope makes ready what was delayed in it");
    tasks_.fetch_add(running - waiting, memory_order_relaxed);
  }
  WEAVE_API void ended() noexcept;

  /// Whether all of it is done.
  bool is_quiet() const noexcept { return tasks_.load(memory_order_acquire) == 0; }
  /// Says who waits, and until when: for one waiter at a time. False: that has come.
  bool await_quiet(counted_parking &sleeper) noexcept;
  bool await_idle(counted_parking &sleeper) noexcept;

  /// Keeps what a task threw. `number`: the task's; `unordered` if another thread than the scope's made it.
  void failed(std::exception_ptr error, std::uint64_t number) noexcept;
  /// Takes the first in serial order, as far as that is known; the others are dropped. When it is quiet.
  WEAVE_API failure take_failure() noexcept;
  /// When it is quiet.
  bool has_failed() const noexcept {
    WEAVE_ASSERT(glance(tasks_) == 0, "failures are looked at when the scope is quiet");
    return failures_.load(memory_order_relaxed) != nullptr;
  }

  static constexpr std::uint64_t unordered = ~std::uint64_t{0};
  /// Whether the calling thread opened it, so that the numbers of its tasks are in serial order.
  bool is_own_thread() const noexcept { return thread_ == &here; }

  scope *const outer = nullptr; ///< Around this one, on the same thread.

private:
  static constexpr std::uint64_t awaited = 1, running = 2, waiting = std::uint64_t{1} << 32;
  static bool is_idle_at(std::uint64_t tasks) noexcept { return static_cast<std::uint32_t>(tasks) == 0; }

  template <class Done> bool await(counted_parking &, Done) noexcept;

  atomic<std::uint64_t> tasks_{0};
  atomic<counted_parking *> sleeper_{nullptr};
  atomic<thrown_in_scope *> failures_{nullptr};
  const void *const thread_ = nullptr;
};

/// Waits until the scope is quiet.
WEAVE_API void wait_for(scope &) noexcept;

} // namespace detail

/// Waits, when it ends, for all tasks that were made in the meantime by the thread that made it, and for all that those made: tasks of functions, futures, detached tasks,
/// and calls that wait for events.
///
/// Errors: if detached tasks threw, the destructor throws the first of that, in serial order as far as it is known: what tasks threw that the scope's own thread made comes before the
///   rest. An exception that passes wins.
/// Thread-safety: made and ended by the same thread, in the reverse order of creation. While it waits, it runs other tasks.
/// Complexity: a few instructions; a task counts in it only if it is detached or a future, and did not run at once.
class sync_scope {
public:
  sync_scope() noexcept : tasks_(detail::here.within), exceptions_(std::uncaught_exceptions()) {
    detail::here.within = &tasks_;
  }
  sync_scope(const sync_scope &) = delete;
  sync_scope &operator=(const sync_scope &) = delete;
  ~sync_scope() noexcept(false) {
    WEAVE_ASSERT(detail::here.within == &tasks_, "scopes end in the reverse order, on the thread that made them");
    detail::here.within = tasks_.outer;
    if (WEAVE_UNLIKELY(!tasks_.is_quiet() || tasks_.has_failed()))
      leave();
  }

  /// For a handler of all exceptions: waits, then throws the exception that comes first in serial order.
  [[noreturn]] WEAVE_COLD void rethrow() {
    WEAVE_ASSERT(std::current_exception(), "a scope throws on inside a handler");
    if (detail::failure first = finish(); first.error && !detail::handled_precedes(first.task))
      detail::throw_failure(std::move(first));
    std::rethrow_exception(std::current_exception());
  }

private:
  detail::failure finish() noexcept {
    detail::wait_for(tasks_);
    return tasks_.take_failure();
  }
  WEAVE_COLD void leave() {
    if (detail::failure first = finish(); first.error && std::uncaught_exceptions() <= exceptions_)
      detail::throw_failure(std::move(first));
  }

  detail::scope tasks_;
  const int exceptions_; // in flight when it was made
};

/// Waits for all detached tasks and futures of the calling thread's runtime, and all that they make; inside a sync_scope of this thread, for those of the scope too. Not for what
/// sync_scopes of other threads wait for. While it waits, it runs other tasks.
///
/// Errors: inside a task it would wait for that task itself; it stops the program with a message.
WEAVE_API void sync_root();

} // namespace weave
