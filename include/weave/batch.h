// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Several tasks of one spawn in one, as a producer of small tasks makes them.
#pragma once

#include "task.h"

#include <cstddef>

namespace weave::detail {

/// Tasks of one spawn, its *members*, which were made one after another and pass between workers as one.
///
/// Protocol: open -> closed. The owner adds members while the batch is open and not full. Whoever runs the batch closes it, then claims members, one at a time, until none is
///   left, and meanwhile offers a share of it, by which others come to claim members too.
/// Ordering: adding a member releases it, closing acquires it. What the members did reaches the owner by the completions of the shares and of the batch.
/// Lifetime: a task's. Its shares are done before it is.
struct batch : task {
  using member_function = void (*)(batch &, std::uint32_t member) noexcept;

  batch(member_function run_member, void *first, std::size_t member_bytes, std::uint32_t capacity, worker_base &owner, std::size_t bytes,
        std::size_t alignment) noexcept
      : task(&run_batch, owner, bytes, alignment), run_member(run_member), first_member(static_cast<std::byte *>(first)),
        member_bytes(static_cast<std::uint32_t>(member_bytes)), capacity(capacity) {}

  void *member(std::uint32_t index) noexcept { return first_member + std::size_t{index} * member_bytes; }

  /// Owner. Where to build the next member; null unless the task is a batch of this spawn that is not full, and this thread has made no task since its last member.
  static void *place_in(task &newest, member_function, std::size_t member_bytes) noexcept;
  /// Owner. Makes what was built there a member of the batch. False if the batch is closed.
  static bool add_to(task &newest) noexcept;
  /// Whether the task is a batch that is not full.
  static bool is_filling(const task &newest) noexcept;

  /// Runs members until none is left to claim, beside others if they come.
  void work() noexcept;
  /// Keeps what a member threw.
  void keep(std::uint32_t index, std::exception_ptr &&thrown) noexcept {
    ::new (member(index)) std::exception_ptr(std::move(thrown));
    failed.fetch_or(std::uint64_t{1} << index, memory_order_relaxed);
  }

  const member_function run_member;
  std::byte *const first_member;
  const std::uint32_t member_bytes, capacity;
  std::uint32_t added = 1; ///< The owner's count of members.

  static constexpr std::uint32_t closed = 1u << 31; ///< In `members`.
  atomic<std::uint32_t> members{1};
  atomic<std::uint32_t> claimed{0};
  atomic<std::uint64_t> failed{0}; ///< A bit for each member that threw. What it threw is in its place.

private:
  static void run_batch(task &) noexcept;
};

/// How many tasks of one spawn the worker should make together; at most as many as `batch::failed` has bits.
std::uint32_t next_batch(worker_base &) noexcept;

/// A batch of closures of one type. They may be copied when nobody notices, and have no destructors.
template <class F> struct closure_batch final : batch {
  static_assert(std::is_trivially_copyable_v<F>);

  union place {
    explicit place(const F &f) : closure(f) {}
    ~place() {}
    F closure;
    std::exception_ptr error;
  };

  closure_batch(const F &f, std::uint32_t capacity, worker_base &owner, std::size_t bytes, std::size_t alignment) noexcept
      : batch(&run_closure, &first, sizeof(place), capacity, owner, bytes, alignment), first(f) {}
  ~closure_batch() = delete;

  /// Null if there is no memory.
  static closure_batch *make(worker_base &owner, std::uint32_t capacity, const F &f) noexcept {
    return make_task_of_size<closure_batch>(owner, sizeof(closure_batch) + (capacity - 1) * sizeof(place), f, capacity);
  }

  /// Owner. Adds `f` to the newest task of its frame, if that is a batch which can take it.
  static bool add(task &newest, const F &f) noexcept {
    void *where = place_in(newest, &run_closure, sizeof(place));
    if (!where)
      return false;
    ::new (where) place(f);
    return add_to(newest);
  }

private:
  static void run_closure(batch &self, std::uint32_t index) noexcept {
    std::exception_ptr error;
    run_guarded(static_cast<place *>(self.member(index))->closure, error);
    if (error)
      self.keep(index, std::move(error));
  }

  place first; // the others follow
};

} // namespace weave::detail
