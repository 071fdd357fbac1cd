// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Regions: code that exists twice, as the serial program and as tasks. docs/generated-code.md shows how the tool uses them.
#pragma once

#include "direct.h"
#include "join.h"

namespace weave::detail {

template <class F, bool = fits_direct_task<F>> class forked;

/// The frame of a region that runs as tasks.
///
/// It is made where tasks are wanted, so that what it runs in place is the exception. That stays out of its code: inlined, a recursion would make room for several of its calls in every frame on the stack.
class region_frame : public frame {
public:
  template <class F, class Name = unnamed> WEAVE_INLINE void spawn(F &&f, Name name = {}) {
    if (!task_wanted() || !spawn_task<by_value_if_trivial<F>>(f, nullptr, name))
      run_in_place<by_value_if_trivial<F>>(f);
  }
  template <class F, class Name = unnamed> WEAVE_INLINE void spawn(handle &bound, F &&f, Name name = {}) {
    handle_access::bind(bound);
    if (!task_wanted() || !spawn_task<by_value_if_trivial<F>>(f, &bound, name))
      run_in_place<by_value_if_trivial<F>>(f);
  }
  /// The one spawn of a region: what stands for its task up to the next sync.
  template <class F, class Name = unnamed> WEAVE_INLINE forked<std::remove_reference_t<F>> fork(F &&f, Name name = {}) {
    return forked<std::remove_reference_t<F>>(*this, f, name);
  }

  /// A region nested in this one.
  template <class Body> WEAVE_INLINE auto region(Body body) -> decltype(body(std::declval<region_frame &>())) { return body(*this); }

private:
  template <class F, bool> friend class forked;

  template <class F> WEAVE_NOINLINE static void run_in_place(F f) { f(); }
};

/// Whatever became of the task that a region spawned. Its closure is kept here too, so that its join can be inlined: it may be the worker's direct task.
///
/// Precondition: the scope in which it is joined is that in which it was spawned. The tool sees to it.
template <class F> class forked<F, true> {
public:
  template <class Name> WEAVE_INLINE forked(region_frame &of, F &f, Name name) : of_(of), closure_(f) {
    if (worker_base *mine = current; WEAVE_LIKELY(reads<request::own>(mine->wanted) && !chance(4))) {
      offer_direct(*mine, closure_, name);
      owner_ = mine;
    } else {
      of.spawn(f, name);
    }
  }
  forked(const forked &) = delete;
  forked &operator=(const forked &) = delete;
  WEAVE_INLINE ~forked() {
    if (WEAVE_UNLIKELY(owner_ != nullptr))
      of_.adopt(*owner_->record);
  }

  /// Runs it if nobody has taken it, and otherwise waits for it. Throws what it threw.
  WEAVE_INLINE void join() {
    worker_base *owner = std::exchange(owner_, nullptr);
    if (!owner)
      return;
    if (WEAVE_LIKELY(owner->take_back_direct()))
      run(*owner);
    else
      join_taken_direct(*owner);
    if (of_.has_tasks())
      __builtin_unreachable(); // there was one task, and it was this
  }

private:
  // What it throws takes its place among those of other tasks.
  WEAVE_INLINE void run(worker_base &owner) {
#if WEAVE_HAS_EXCEPTIONS
    const std::uint64_t number = owner.record->at.tasks; // the next that the closure makes has another
    try {
      run_taken_back(owner, closure_);
    } catch (...) {
      throw_on_from(number);
    }
#else
    run_taken_back(owner, closure_);
#endif
  }

  region_frame &of_;
  F closure_;
  worker_base *owner_ = nullptr; // of the direct task, until that is joined
};

/// Any other closure is moved into its task.
template <class F> class forked<F, false> {
public:
  template <class Name> WEAVE_INLINE forked(region_frame &of, F &f, Name name) { of.spawn(f, name); }
  WEAVE_INLINE ~forked() {} // not trivial, so that no compiler calls the variable unused
  WEAVE_INLINE void join() {}
};

/// Stands for the frame where a region runs as its serial projection: nothing is left of it in the code.
class in_place {
public:
  template <class F, class Name = unnamed> WEAVE_INLINE void spawn(F &&f, Name = {}) { WEAVE_INLINE_CALL f(); }
  template <class F, class Name = unnamed> WEAVE_INLINE void spawn(handle &bound, F &&f, Name = {}) {
    handle_access::bind(bound);
    WEAVE_INLINE_CALL f();
  }
  struct forked {
    WEAVE_INLINE ~forked() {} // not trivial, so that no compiler calls the variable unused
    WEAVE_INLINE void join() {}
  };
  template <class F, class Name = unnamed> WEAVE_INLINE forked fork(F &&f, Name = {}) {
    WEAVE_INLINE_CALL f();
    return {};
  }
  WEAVE_INLINE void sync() {}
  WEAVE_INLINE void sync(const handle &) {}
  struct borrowing {
    WEAVE_INLINE ~borrowing() {} // not trivial, so that no compiler calls the variable unused
  };
  WEAVE_INLINE borrowing borrow() { return {}; }
  /// Asks anew whether tasks are wanted.
  template <class Body> WEAVE_INLINE auto region(Body body) -> decltype(body(std::declval<in_place &>()));
};

// Hot, or G++ would take it for as cold as its one caller.
template <class Body> WEAVE_NOINLINE __attribute__((hot)) auto run_as_tasks(Body body) -> decltype(body(std::declval<region_frame &>())) {
  region_frame tasks;
  WEAVE_TRY { return body(tasks); }
  WEAVE_CATCH(tasks)
}

// By value: a closure whose address left the caller would pin the caller's variables in memory. The call is cold, so that it stays out of the caller's way, but not what it
// calls: all that the region holds besides spawns would not be optimised for speed.
template <class Body> WEAVE_COLD WEAVE_NOT_TAIL_CALLED auto region_as_tasks(Body body) -> decltype(body(std::declval<region_frame &>())) {
  return run_as_tasks<Body>(std::move(body));
}

/// Runs a stretch of code, given a frame for its spawns: as its serial projection if nobody wants a task, otherwise as
/// tasks.
///
/// The body exists twice in the object code, so that the serial one is to the optimiser what the programmer wrote.
template <class Body> WEAVE_INLINE auto region(Body body) -> decltype(body(std::declval<in_place &>())) {
  if (!task_wanted()) {
    in_place none;
    WEAVE_INLINE_CALL return body(none);
  }
  return region_as_tasks<Body>(std::move(body));
}

template <class Body> WEAVE_INLINE auto in_place::region(Body body) -> decltype(body(std::declval<in_place &>())) {
  return detail::region<Body>(std::move(body));
}

} // namespace weave::detail
