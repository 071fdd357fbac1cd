// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A task: a closure that its owner created because somebody wanted one.
#pragma once

#include "detail/worker.h"
#include "handle.h"

#include <exception>
#include <new>
#include <type_traits>
#include <utility>

namespace weave::detail {

enum class progress : std::uint32_t { created, awaited, done, abandoned };

/// The header of every task.
///
/// Protocol: created -> done, or created -> awaited (by the owner, which sleeps) -> done (by the thief, which wakes it); a future's task also created -> abandoned
///   (by the future) -> done (by the thief, which frees it).
/// Ordering: `done` is stored with release and read with acquire: what the task wrote is the owner's then.
/// Lifetime: the owner allocates and frees it; a thief does not touch it after storing `done`, unless it was abandoned.
struct task {
  using function = void (*)(task &) noexcept;

  task(function run, worker_base &owner, std::size_t bytes, std::size_t alignment) noexcept
      : run(run), owner(&owner), bytes(static_cast<std::uint32_t>(bytes)),
        alignment(static_cast<std::uint32_t>(alignment)) {}

  // One cache line that a thief only reads: the owner can walk its list and stay in its own cache.
  function run; ///< Runs the closure, keeps what it throws, destroys the closure.
  worker_base *owner;
  task *previous = nullptr;    ///< The task that the same frame created before this one; the owner's.
  position at{0, here.within}; ///< Its number among those of its thread, which orders the tasks of one activation, and where what it makes itself is counted (scope.h).
  task *next = nullptr;        ///< Whoever receives this task receives this one too; belongs to who holds the task.
  std::uint32_t slot = 0;      ///< Where the owner put it on offer last: a hint, the owner's. Or `in_record`.
  std::uint32_t bytes, alignment;
  std::uint32_t failed_member = 0; ///< Of a batch: which of its tasks threw.

  std::exception_ptr error;
  atomic<worker_base *> thief{nullptr};
  atomic<progress> state{progress::created};
  handle *bound = nullptr; ///< Says there when it is done.

  /// A future's task (future.h): it does not come from its owner's memory.
  bool is_future() const noexcept { return bytes == 0; }
  /// A worker's direct task (direct.h).
  bool is_direct() const noexcept { return slot == in_record; }

protected:
  static constexpr std::uint32_t in_record = ~0u;

  void finished() noexcept {
    if (bound)
      handle_access::end(*bound);
  }
};

/// Runs a task as a part of the scope in which it was made.
inline void run_task(task &started) noexcept {
  scope *const before = here.within;
  here.within = started.at.within;
  started.run(started);
  here.within = before;
}

/// Calls `f` and keeps what it throws in `error`.
template <class F> void run_guarded(F &&f, std::exception_ptr &error) noexcept {
#if WEAVE_HAS_EXCEPTIONS
  try {
    std::forward<F>(f)();
  } catch (...) {
    error = std::current_exception();
  }
#else
  (void)error;
  std::forward<F>(f)();
#endif
}

template <class Base, class F> struct closure_task final : Base {
  template <class... Args>
  closure_task(F &&f, Args &&...args) : Base(&run_closure, std::forward<Args>(args)...), closure(std::move(f)) {}

  static void run_closure(task &self) noexcept {
    auto &me = static_cast<closure_task &>(self);
    run_guarded(me.closure, me.error);
    me.closure.~F();
    me.finished();
  }

  union {
    F closure; // destroyed by run_closure, on the thread that ran it
  };
  ~closure_task() = delete;
};

/// How a closure comes to the code that makes a task of it. One whose address left the caller would live in memory there,
/// spawned or not; but only a trivial one can be copied when nobody may notice.
template <class F>
using by_value_if_trivial =
    std::conditional_t<std::is_trivially_copyable_v<std::remove_reference_t<F>> && sizeof(F) <= 256,
                       std::remove_reference_t<F>, std::remove_reference_t<F> &>;

/// A task's memory until its constructor has succeeded.
struct task_memory {
  worker_base &owner;
  std::size_t bytes, alignment;
  void *block = allocate_task(owner, bytes, alignment);

  ~task_memory() {
    if (block)
      free_task(owner, block, bytes, alignment);
  }
};

/// Makes a `Made`, constructed from the arguments followed by what a task's header needs, in so many bytes of the owner's memory.
/// Null, with the arguments untouched, if there is no memory.
template <class Made, class... Args> Made *make_task_of_size(worker_base &owner, std::size_t bytes, Args &&...args) {
  task_memory memory{owner, bytes, alignof(Made)};
  if (!memory.block)
    return nullptr;
  Made *made = ::new (memory.block) Made(std::forward<Args>(args)..., owner, bytes, alignof(Made));
  memory.block = nullptr;
  return made;
}

template <class Made, class... Args> Made *make_task(worker_base &owner, Args &&...args) {
  return make_task_of_size<Made>(owner, sizeof(Made), std::forward<Args>(args)...);
}

/// Makes a worker's direct task, which is done, ready for the next. Only its owner may.
void release_direct(task &) noexcept;

/// Frees a task that is done, or that its owner took back and ran.
inline void destroy_task(task &done) noexcept {
  if (done.is_direct())
    return release_direct(done);
  worker_base &owner = *done.owner;
  const std::size_t bytes = done.bytes, alignment = done.alignment;
  done.~task();
  free_task(owner, &done, bytes, alignment);
}

} // namespace weave::detail
