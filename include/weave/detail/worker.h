// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The little of a worker that inlined code touches, and the calls behind it. The rest is in runtime/worker.h.
#pragma once

#include "contract.h"
#include "direct_offer.h"

#include <cstddef>
#include <cstdint>

namespace weave::detail {

struct task;
struct direct_task;
class scope;

/// What a worker's `wanted` says.
namespace request {
constexpr std::uint32_t none = 0;
/// Of the owner itself, which took back the last of its tasks: it may make its direct task.
constexpr std::uint32_t own = 1;
/// Of others, or of an owner that has something to see to first.
constexpr std::uint32_t for_tasks(std::uint32_t count) { return count + 1; }
/// How many tasks that is: at least one.
constexpr std::uint32_t tasks(std::uint32_t wanted) { return wanted > own ? wanted - 1 : 1; }
} // namespace request

/// The part of a worker that the fast path touches.
///
/// Protocol: `wanted` is a request channel that coalesces: thieves raise it, the owner reads it at each spawn and lowers it when
///   enough tasks are on offer.
/// Ordering: the spawn reads `wanted` relaxed, since a late answer is only late. What others may draw conclusions from is sequentially consistent (protocol/README.md, "nothing is lost").
/// Lifetime: as long as the runtime, which outlives every thread that can reach it.
struct alignas(8) worker_base {
  constexpr worker_base(std::uint32_t asked, bool has_thieves, direct_task *own = nullptr) : shares(has_thieves), wanted(asked), record(own) {}

  /// Whether the owner keeps the direct task: it has put it on offer, and not taken it back. Written by it alone.
  atomic<bool> kept{false};
  /// False: no thread will ever take a task from this one, so that loops need no strips.
  const bool shares;
  /// The owner's: what `wanted` says while the direct task is on offer. No `request::own`, or there would be two.
  std::uint8_t wanted_meanwhile = request::none;
  direct_offer direct;
  atomic<std::uint32_t> wanted;
  /// The owner's: how many more tasks that it took back may lie on one another in its thread's stack; beyond that, negative.
  std::uint32_t levels = 0;
  direct_task *const record; ///< What `direct` offers.

  /// Owner. Puts the direct task on offer, which is free. False: `announce_direct` must follow.
  WEAVE_INLINE bool put_direct() noexcept {
    WEAVE_ASSERT(!glance(kept), "a direct task is put on offer while it is free");
    kept.store(true, memory_order_release); // for who claims it
    light_fence();
    return direct.is_biased();
  }
  /// Owner. False: somebody else has it.
  WEAVE_INLINE bool take_back_direct() noexcept;
  /// Owner. Whether it is on offer at this moment.
  bool offers_direct() const noexcept { return kept.load(memory_order_relaxed) && !direct.is_taken(); }
  /// Owner.
  bool is_direct_free() const noexcept { return !kept.load(memory_order_relaxed) && !direct.is_taken(); }
};

// With a constant initialiser: no guard, no call.
WEAVE_API extern __thread worker_base *current WEAVE_THREAD_LOCAL;

/// Where a thread is in the serial program. The thread's, not its worker's, since the tasks of one activation keep their order though the thread enters or leaves a weave::runtime between them.
struct alignas(16) position {
  std::uint64_t tasks; ///< How many its frames created.
  scope *within;       ///< The innermost sync_scope around what it runs; null outside all of them.
};
WEAVE_API extern __thread position here WEAVE_THREAD_LOCAL;

/// True if a spawn should make a task instead of running its statement in place.
WEAVE_INLINE bool task_wanted() noexcept {
#if defined(__clang__)
  return WEAVE_UNLIKELY(chance(16) || !reads<request::none>(current->wanted));
#else // G++ would lose more, in the code in place, by what it does not optimise around assembly
  return WEAVE_UNLIKELY(chance(16) || current->wanted.load(memory_order_relaxed) != request::none);
#endif
}

/// Enrols the calling thread if need be. Null: run the statement in place after all.
WEAVE_API worker_base *worker_for_task() noexcept;

/// Memory for a task of this worker; null when there is none.
void *allocate_task(worker_base &, std::size_t bytes, std::size_t alignment) noexcept;
/// Gives memory back, with the sizes it was asked for. Only the worker that allocated it may.
void free_task(worker_base &, void *memory, std::size_t bytes, std::size_t alignment) noexcept;
/// The same from any worker of its runtime.
void give_back(worker_base &, void *memory, std::size_t bytes, std::size_t alignment) noexcept;

/// What is left of `take_back_direct` where there is no bias.
WEAVE_API bool take_back_unbiased(worker_base &) noexcept;
/// Sees to it that somebody finds the direct task, which was just put on offer.
WEAVE_API void announce_direct(worker_base &) noexcept;

WEAVE_INLINE bool worker_base::take_back_direct() noexcept {
  WEAVE_ASSERT(glance(kept), "only a direct task that was put on offer is taken back");
  kept.store(false, memory_order_relaxed);
  light_fence();
  return WEAVE_LIKELY(direct.is_biased()) || take_back_unbiased(*this);
}

/// Asks for a task of this worker, which calls it.
WEAVE_API void ask_again(worker_base &) noexcept;

/// Puts a task on offer. `worker_for_task` must just have returned this worker.
void offer(worker_base &, task &) noexcept;
/// Takes an offered task back. False: a thief has it, and `wait` must follow.
bool take_back(worker_base &, task &) noexcept;
/// Runs other tasks until this one is done. Its memory is the caller's again then.
void wait(worker_base &, task &) noexcept;
/// Runs a task if it is still on offer, and otherwise waits until it is done. Whether it ran here.
bool finish(worker_base &, task &) noexcept;

} // namespace weave::detail
