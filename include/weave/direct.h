// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A worker's direct task: what a spawn makes that nobody is likely to steal.
#pragma once

#include "task.h"

#include <cstddef>

namespace weave::detail {

/// Calls what was put into the direct task, and keeps what that throws.
WEAVE_API void run_direct(task &direct) noexcept;

/// The one task of a worker that costs no memory and no list. It is made where the worker took back the last of its tasks, so that it is likely to be taken back too, by code that
/// knows the closure's type (`forked`).
///
/// Protocol: that of `direct_offer`. Otherwise a task like any other.
/// Ordering: putting it on offer releases what the owner wrote here, and taking or claiming it acquires that.
/// Lifetime: the worker's. The owner writes it only while it is free.
struct alignas(64) direct_task : task {
  explicit direct_task(worker_base &owner) noexcept
      : task(&run_direct, owner, sizeof(direct_task), alignof(direct_task)) {
    WEAVE_ASSERT(!is_future(), "a direct task lies in its worker");
    slot = in_record;
    error = nullptr;
  }

  static constexpr std::size_t room_for_closure = 64;

  const closure_type *type = nullptr;
  alignas(64) std::byte
      closure[room_for_closure]; // not behind the type, or G++ would join two stores into one by four instructions
};

/// A worker's direct task lies beside it: at a distance that the compiler knows.
struct recorded {
  explicit recorded(worker_base &owner) noexcept : kept_task(owner) {}
  direct_task kept_task;
};
struct worker_with_record : recorded, worker_base {
  worker_with_record(std::uint32_t asked, bool has_thieves) noexcept : recorded(static_cast<worker_base &>(*this)), worker_base(asked, has_thieves, &kept_task) {}
};

/// Whether a closure may be kept in a direct task: it is copied when nobody may notice.
template <class F>
constexpr bool fits_direct_task = std::is_trivially_copyable_v<F> && sizeof(F) <= direct_task::room_for_closure && alignof(F) <= 16;

/// Waits for the direct task, which another worker has, and makes it ready for the next. Throws what it threw.
WEAVE_COLD WEAVE_API void join_taken_direct(worker_base &owner);

/// Puts a closure on offer. When the direct task is free, and `wanted` is `request::own`.
template <class F, class Name = unnamed>
WEAVE_INLINE void offer_direct(worker_base &owner, const F &f, Name name = {}) noexcept {
  WEAVE_ASSERT(current == &owner, "a worker makes its own direct task alone");
  WEAVE_ASSERT(glance(owner.wanted) != request::none, "a direct task is made where one is wanted");
  direct_task &made = static_cast<worker_with_record &>(owner).kept_task;
  WEAVE_ASSERT(made.is_direct() && made.owner == &owner, "a worker offers its own record");
  WEAVE_ASSERT(glance(made.state) == progress::created, "a direct task is ready for the next closure");
  WEAVE_ASSERT(!made.error, "what a direct task threw was passed on");
  made.type = &named_closure_type<F>(name);
  ::new (static_cast<void *>(made.closure)) F(f);
  made.at = here; // behind the task of that number, and in front of the next
  owner.wanted.store(owner.wanted_meanwhile, memory_order_relaxed); // first: whoever takes it asks for another
  if (WEAVE_UNLIKELY(!owner.put_direct()))
    announce_direct(owner);
}

/// On top of as many that were taken back as may lie on one another, in place of them.
template <class F> WEAVE_NOINLINE void run_at_limit(worker_base &owner, F f) {
  struct asking {
    worker_base &owner;
    ~asking() {
      ++owner.levels;
      ask_again(owner);
    }
  } at_end{owner};
  owner.wanted.store(request::none, memory_order_relaxed);
  f();
}

/// Runs what was in the direct task, which was taken back.
template <class F> WEAVE_INLINE void run_taken_back(worker_base &owner, F &f) {
  if (WEAVE_UNLIKELY(static_cast<std::int32_t>(--owner.levels) < 0))
    return run_at_limit<F>(owner, f);
  struct level {
    worker_base &owner;
    ~level() { ++owner.levels; }
  } on_top{owner};
  owner.wanted.store(request::own, memory_order_relaxed);
  WEAVE_INLINE_CALL f();
}

} // namespace weave::detail
