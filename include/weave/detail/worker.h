// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The little of a worker that inlined code touches, and the calls behind it. The rest is in runtime/worker.h.
#pragma once

#include "config.h"
#include "sync.h"

#include <cstddef>
#include <cstdint>

namespace weave::detail {

struct task;

/// The part of a worker that the fast path reads.
///
/// Protocol: `wanted` is a request channel that coalesces: thieves raise it, the owner reads it at each spawn and lowers it when
///   enough tasks are on offer (runtime/protocol/README.md).
/// Ordering: the spawn reads it relaxed, since a late answer is only late; raising and lowering are sequentially consistent (worker.cpp).
/// Lifetime: as long as the runtime, which outlives every thread that can reach it.
struct alignas(8) worker_base {
  atomic<std::uint32_t> wanted;
  /// False: no thread will ever take a task from this one, so that loops need no strips.
  bool shares;
};

// With a constant initialiser: no guard, no call.
extern __thread worker_base *current WEAVE_THREAD_LOCAL;

// How many tasks the frames of this thread created: the thread's, not its worker's, since the tasks of one activation keep their order
// though the thread enters or leaves a weave::runtime between them.
extern __thread std::uint64_t tasks_created WEAVE_THREAD_LOCAL;

/// True if a spawn should make a task instead of running its statement in place.
WEAVE_INLINE bool task_wanted() noexcept { return WEAVE_UNLIKELY(chance(16) || current->wanted.load(memory_order_relaxed) != 0); }

/// Enrols the calling thread if need be. Null: run the statement in place after all.
worker_base *worker_for_task() noexcept;

/// Memory for a task of this worker; null when there is none.
void *allocate_task(worker_base &, std::size_t bytes, std::size_t alignment) noexcept;
/// Gives memory back, with the sizes it was asked for. Only the worker that allocated it may.
void free_task(worker_base &, void *memory, std::size_t bytes, std::size_t alignment) noexcept;
/// The same from any worker of its runtime.
void give_back(worker_base &, void *memory, std::size_t bytes, std::size_t alignment) noexcept;

/// Puts a task on offer. `worker_for_task` must just have returned this worker.
void offer(worker_base &, task &) noexcept;
/// Takes an offered task back. False: a thief has it, and `wait` must follow.
bool take_back(worker_base &, task &) noexcept;
/// Runs other tasks until this one is done. Its memory is the caller's again then.
void wait(worker_base &, task &) noexcept;
/// Runs a task if it is still on offer, and otherwise waits until it is done. Whether it ran here.
bool finish(worker_base &, task &) noexcept;

} // namespace weave::detail
