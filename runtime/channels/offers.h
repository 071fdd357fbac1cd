// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "weave/task.h"

#include <array>
#include <cstdint>

namespace weave::detail {

/// The channel by which a worker sends tasks ahead of need: a few single-slot channels, one sender, any receiver.
///
/// Protocol: a slot is empty or holds a task, perhaps with others behind it (`task::next`). The owner fills slots; whoever exchanges one for null has what was in it, the owner
///   included.
/// Ordering: sequentially consistent throughout, because putting and looking must agree with the `wanted` words and with `sleepers` on one
///   order (protocol/README.md); the exchange that receives a task thereby acquires what its owner wrote.
/// Lifetime: a task stays valid while a slot holds it, since its owner frees it only after taking it back or after its completion.
class offers {
public:
  static constexpr std::uint32_t capacity = 16;

  /// Owner. Puts a task on offer, with all that is behind it. When every slot is taken it goes in front of what is in one of them.
  void send(task &first) noexcept {
    std::uint32_t slot = 0;
    while (slot != capacity && slots_[slot].load(memory_order_relaxed))
      ++slot;
    if (slot == capacity) {
      slot = turn_++ % capacity;
      task *last = &first;
      while (last->next)
        last = last->next;
      last->next = slots_[slot].exchange(nullptr, memory_order_seq_cst);
    }
    first.slot.store(slot, memory_order_relaxed);
    slots_[slot].store(&first, memory_order_seq_cst);
  }

  /// Owner. Takes this very task back, unless it is gone or behind another.
  bool take_back(task &wanted) noexcept {
    task *expected = &wanted;
    return slots_[wanted.slot.load(memory_order_relaxed)].compare_exchange_strong(expected, nullptr, memory_order_seq_cst, memory_order_relaxed);
  }

  /// Anyone. Null when nothing is on offer.
  task *receive() noexcept {
    for (auto &slot : slots_)
      if (slot.load(memory_order_seq_cst))
        if (task *received = slot.exchange(nullptr, memory_order_seq_cst))
          return received;
    return nullptr;
  }

  /// Owner. Whether at least `count` tasks are on offer at this moment.
  bool holds(std::uint32_t count) const noexcept {
    for (std::uint32_t i = 0; i != capacity && count; ++i)
      count -= slots_[i].load(memory_order_seq_cst) != nullptr;
    return count == 0;
  }

private:
  std::array<atomic<task *>, capacity> slots_{};
  std::uint32_t turn_ = 0; // the owner's
};

} // namespace weave::detail
