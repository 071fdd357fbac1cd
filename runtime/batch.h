// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Several tasks of one spawn in one, as a producer of small tasks makes them.
#pragma once

#include "closures.h"

#include <cstddef>

namespace weave::detail {

/// Tasks of one spawn, its *members*, which were made one after another and pass between workers as one.
///
/// Protocol: open -> closed. The owner adds members while the batch is open and not full. Whoever runs the batch closes it, then claims members, one at a time, until none is
///   left, and meanwhile offers a share of it, by which others come to claim members too.
/// Ordering: adding a member releases it, closing acquires it. What the members did reaches the owner by the completions of the shares and of the batch.
/// Lifetime: a task's. Its shares are done before it is.
struct batch final : task {
  /// Null if there is no memory. `capacity`: at most 64. The closure must need no destructor.
  static batch *make(worker_base &owner, std::uint32_t capacity, const closure_type &, void *closure) noexcept;
  batch(const closure_type &type, std::uint32_t capacity, worker_base &owner, std::size_t bytes, std::size_t alignment) noexcept;

  /// Owner. Adds the closure to the newest task of its frame: if that is a batch of this spawn that is open and not full, and this thread has made no task since its last member.
  static bool add(task &newest, const closure_type &, void *closure) noexcept;
  /// Whether the task is a batch that is not full.
  static bool is_filling(const task &newest) noexcept;

  /// Of a batch, or a share of one; otherwise null.
  static const site *site_of(const task &) noexcept;

  /// Runs members until none is left to claim, beside others if they come.
  void work() noexcept;

private:
  static void run_batch(task &) noexcept;
  static constexpr std::size_t bytes_of_member(const closure_type &) noexcept;

  /// Where the closure of a member is, or what it threw.
  void *member(std::uint32_t index) noexcept { return first_member_ + std::size_t{index} * member_bytes_; }
  void run_member(std::uint32_t index) noexcept;

  const closure_type &type_;
  std::byte *const first_member_;
  const std::uint32_t member_bytes_, capacity_;
  std::uint32_t added_ = 1; ///< The owner's count of members.

  static constexpr std::uint32_t closed = 1u << 31; ///< In `members_`.
  atomic<std::uint32_t> members_{1};
  atomic<std::uint32_t> claimed_{0};
  atomic<std::uint64_t> failed_{0}; ///< A bit for each member that threw. What it threw is in its place.
};

/// How many tasks of one spawn the worker should make together.
std::uint32_t next_batch(worker_base &) noexcept;

} // namespace weave::detail
