// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "weave/detached.h"

#include "closures.h"
#include "observed.h"
#include "runtime.h"
#include "weave/detail/future_task.h"
#include "weave/event.h"

namespace weave::detail {
namespace {

/// A task that nobody holds: its runner frees it, and says so to the scope. Its closure lies behind it.
struct detached_task final : future_task {
  detached_task(const closure_type &type, worker_base &owner, worker_base *memory) noexcept
      : future_task(&run_call, &destroy_call, owner), type(type), memory(memory) {
    state.store(progress::abandoned, memory_order_relaxed);
  }

  static std::size_t offset(const closure_type &type) { return closure_offset(sizeof(detached_task), type.alignment); }
  static std::size_t bytes_for(const closure_type &type) { return offset(type) + type.bytes; }
  static std::size_t alignment_for(const closure_type &type) { return std::max(alignof(detached_task), type.alignment); }
  /// In memory for it. Throws what moving the closure throws.
  static detached_task *make(void *where, const closure_type &type, void *closure, worker_base &owner, worker_base *memory) {
    type.move(static_cast<std::byte *>(where) + offset(type), closure);
    return ::new (where) detached_task(type, owner, memory);
  }

  static void run_call(task &self) noexcept {
    auto &me = static_cast<detached_task &>(self);
    void *const closure = reinterpret_cast<std::byte *>(&me) + offset(me.type);
    try {
      me.type.call(closure);
    } catch (...) {
      detached_failed(me.order);
    }
    if (me.type.destroy)
      me.type.destroy(closure); // on the thread that ran it
  }
  static void destroy_call(future_task &self) noexcept {
    auto &me = static_cast<detached_task &>(self);
    WEAVE_ASSERT(me.counted, "a detached task counts in a scope");
    scope &counts = *me.counted;
    const closure_type &type = me.type;
    worker_base *const owner = me.memory;
    me.~detached_task();
    if (owner)
      give_back(*owner, &me, bytes_for(type), alignment_for(type));
    else
      ::operator delete(&me, std::align_val_t(alignment_for(type)));
    counts.ended();
  }

  const closure_type &type;
  const std::uint64_t order = number_in_scope();
  worker_base *const memory; ///< Whose it is, null if it is the general one; not `owner`, who may change if the task is delayed.
};

} // namespace

const site *site_of_detached(const task &of) noexcept {
  return of.run == &detached_task::run_call ? static_cast<const detached_task &>(of).type.where : nullptr;
}

std::uint64_t number_in_scope() noexcept { return here.within && here.within->is_own_thread() ? ++here.tasks : scope::unordered; }

bool make_detached(const closure_type &type, void *closure) {
  worker_base *const owner = worker_for_task();
  if (!owner)
    return false;
  task_memory memory{*owner, detached_task::bytes_for(type), detached_task::alignment_for(type)};
  if (!memory.block)
    return false;
  detached_task &made = *detached_task::make(memory.block, type, closure, *owner, owner);
  memory.block = nullptr;
  auto &mine = static_cast<worker &>(*owner);
  mine.home().expect_detached();
  made.counted = here.within ? here.within : &mine.home().detached();
  made.counted->made();
  made.at.tasks = ++here.tasks;
  mine.send(made);
  return true;
}

future_task *make_delayed(const closure_type &type, void *closure, place spawned) {
  const auto alignment = static_cast<std::align_val_t>(detached_task::alignment_for(type));
  void *const where = ::operator new(detached_task::bytes_for(type), alignment);
  try {
    detached_task *made = detached_task::make(where, type, closure, *current, nullptr);
    made->spawned = spawned;
    return made;
  } catch (...) {
    ::operator delete(where, alignment);
    throw;
  }
}

} // namespace weave::detail
