// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A task: a closure that its owner created because somebody wanted one.
#pragma once

#include "detail/floating_point.h"
#include "detail/site.h"
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
        alignment(static_cast<std::uint32_t>(alignment)) {
    WEAVE_ASSERT(this->bytes == bytes, "the size of a task fits its header");
    WEAVE_ASSERT((alignment & (alignment - 1)) == 0, "the alignment of a task is a power of two");
  }

  // One cache line that a thief only reads: the owner can walk its list and stay in its own cache.
  function run; ///< Runs the closure, keeps what it throws, destroys the closure.
  worker_base *owner;
  task *previous = nullptr;    ///< The task that the same frame created before this one; the owner's.
  std::uint32_t computes = floating_point(); ///< As the code does that spawned it.
  position at{0, here.within}; ///< Its number among those of its thread, which orders the tasks of one activation, and where what it makes itself is counted (scope.h).
  task *next = nullptr;        ///< Whoever receives this task receives this one too; belongs to who holds the task.
  std::uint32_t slot = 0;      ///< Where the owner put it on offer last: a hint, the owner's. Or `in_record`.
  std::uint32_t bytes, alignment;
  std::uint32_t failed_member = 0; ///< Of a batch: which of its tasks threw.

  /// What was being handled where it was spawned, for a task that is joined there; then what it threw.
  std::exception_ptr error = is_future() ? nullptr : std::current_exception();
  atomic<worker_base *> thief{nullptr};
  atomic<progress> state{progress::created};
  std::uint32_t raised = 0; ///< Floating-point flags, by a thief.
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

/// What the library must know of a closure.
struct closure_type {
  std::size_t bytes, alignment;
  void (*call)(void *closure);
  /// Makes another of it in that memory.
  void (*move)(void *where, void *closure);
  void (*destroy)(void *closure) noexcept; ///< Null if it may be copied when nobody notices, and has no destructor.
  const site *where;                       ///< Null: nobody knows.
};

template <class F> void call_closure(void *closure) { (*static_cast<F *>(closure))(); }
template <class F> void move_closure(void *where, void *closure) {
  ::new (where) F(static_cast<F &&>(*static_cast<F *>(closure)));
}
template <class F> void destroy_closure(void *closure) noexcept { static_cast<F *>(closure)->~F(); }

template <class F> constexpr closure_type closure_type_at(const site *where) {
  return {sizeof(F),
          alignof(F),
          &call_closure<F>,
          &move_closure<F>,
          std::is_trivially_copyable_v<F> ? nullptr : &destroy_closure<F>,
          where};
}
template <class F> inline constexpr closure_type closure_type_of = closure_type_at<F>(nullptr);

/// That of a closure that the tool gave a name.
template <class F, class Name> const closure_type &named_closure_type(Name name) noexcept {
  static constexpr site where = name();
  static constexpr closure_type type = closure_type_at<F>(&where);
  return type;
}
template <class F> const closure_type &named_closure_type(unnamed) noexcept { return closure_type_of<F>; }

/// The address of a closure, whatever its class makes of `&`.
template <class F> void *address_of_closure(F &closure) noexcept {
  return const_cast<void *>(static_cast<const void *>(__builtin_addressof(closure)));
}

/// How a closure comes to the code that makes a task of it. One whose address left the caller would live in memory there,
/// spawned or not; but only a trivial one can be copied when nobody may notice.
template <class F>
using by_value_if_trivial =
    std::conditional_t<std::is_trivially_copyable_v<std::remove_reference_t<F>> && sizeof(F) <= 256,
                       std::remove_reference_t<F>, std::remove_reference_t<F> &>;

} // namespace weave::detail
