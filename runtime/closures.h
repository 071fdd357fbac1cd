// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tasks in their owner's memory, and those that hold a closure.
#pragma once

#include "weave/task.h"

#include <algorithm>
#include <cstddef>
#include <new>
#include <utility>

namespace weave::detail {

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
  WEAVE_ASSERT(!done.is_future(), "a call is freed by who lets go of it last");
  WEAVE_ASSERT(glance(done.state) != progress::awaited, "a task is freed when nobody waits for it");
  if (done.is_direct())
    return release_direct(done);
  worker_base &owner = *done.owner;
  const std::size_t bytes = done.bytes, alignment = done.alignment;
  done.~task();
  free_task(owner, &done, bytes, alignment);
}

/// Where a closure of that alignment begins behind a header of so many bytes.
constexpr std::size_t closure_offset(std::size_t header, std::size_t alignment) {
  WEAVE_ASSERT(alignment != 0 && (alignment & (alignment - 1)) == 0, "an alignment is a power of two");
  return (header + alignment - 1) / alignment * alignment;
}

/// A task that calls a closure, which lies behind it in its memory.
template <class Base> struct closure_task final : Base {
  closure_task(const closure_type &type, worker_base &owner, std::size_t bytes, std::size_t alignment) noexcept
      : Base(&run_closure, owner, bytes, alignment), type(type) {}

  /// Takes the closure. Null, with the closure as it was, if there is no memory.
  static closure_task *make(worker_base &owner, const closure_type &type, void *closure) {
    const std::size_t offset = closure_offset(sizeof(closure_task), type.alignment), alignment = std::max(alignof(closure_task), type.alignment);
    task_memory memory{owner, offset + type.bytes, alignment};
    if (!memory.block)
      return nullptr;
    type.move(static_cast<std::byte *>(memory.block) + offset, closure);
    return ::new (std::exchange(memory.block, nullptr)) closure_task(type, owner, offset + type.bytes, alignment);
  }

  static void run_closure(task &self) noexcept {
    auto &me = static_cast<closure_task &>(self);
    void *const closure = reinterpret_cast<std::byte *>(&me) + closure_offset(sizeof(closure_task), me.type.alignment);
    run_guarded([&] { me.type.call(closure); }, me.error);
    if (me.type.destroy)
      me.type.destroy(closure); // on the thread that ran it
    me.finished();
  }

  const closure_type &type;
};

} // namespace weave::detail
