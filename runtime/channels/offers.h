// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "protocol/limits.h"
#include "weave/task.h"

#include <array>
#include <bit>
#include <cstdint>

namespace weave::detail {

/// The channel by which a worker sends tasks ahead of need: a few single-slot channels, one sender, any receiver.
///
/// Protocol: a slot is empty or holds a task, perhaps with others behind it (`task::next`). The owner fills slots; whoever exchanges one for
///   null has what was in it, the owner included.
/// Ordering: sequentially consistent throughout, because putting and looking must agree with the `wanted` words and with `sleepers` on one
///   order (protocol/README.md); the exchange that receives a task thereby acquires what its owner wrote.
/// Lifetime: a task stays valid while a slot holds it, since its owner frees it only after taking it back or after its completion.
class offers {
public:
  static constexpr std::uint32_t capacity = protocol::limits::offers;

  /// Owner. Puts a task on offer, with all that is behind it. When every slot is taken it goes in front of what is in one of them.
  /// @param mine  whether the task is this owner's, who may take it back
  void send(task &first, bool mine) noexcept {
    if (filled_ == all)
      count(capacity);
    std::uint32_t slot;
    if (filled_ != all) {
      slot = static_cast<std::uint32_t>(std::countr_one(filled_));
      filled_ |= 1u << slot;
    } else {
      slot = turn_++ % capacity;
      task *last = &first;
      while (last->next)
        last = last->next;
      last->next = slots_[slot].exchange(nullptr, memory_order_seq_cst);
    }
    put(first, slot, mine);
  }

  /// Owner. Takes this very task back, unless it is gone or behind another.
  bool take_back(task &wanted) noexcept {
    task *expected = &wanted;
    const std::uint32_t slot = wanted.slot;
    if (!slots_[slot].compare_exchange_strong(expected, nullptr, memory_order_seq_cst, memory_order_relaxed))
      return false;
    filled_ &= ~(1u << slot);
    return true;
  }

  /// Anyone. Null when nothing is on offer.
  task *receive() noexcept {
    for (auto &slot : slots_)
      if (slot.load(memory_order_seq_cst))
        if (task *received = slot.exchange(nullptr, memory_order_seq_cst))
          return received;
    return nullptr;
  }

  /// Owner. Whether at least `least` slots are full at this moment.
  bool holds(std::uint32_t least) noexcept { return count(least) >= least; }

private:
  friend struct inspection; // by the simulator (test/sim)

  static constexpr std::uint32_t all = (1u << capacity) - 1;

  void put(task &first, std::uint32_t slot, bool mine) noexcept {
    if (mine)
      first.slot = slot; // not later: it may be gone
    slots_[slot].store(&first, memory_order_seq_cst);
  }

  // Looks at the slots that were filled, and counts those that still are, up to `most`.
  std::uint32_t count(std::uint32_t most) noexcept {
    std::uint32_t full = 0;
    for (std::uint32_t left = filled_; left && full != most; left &= left - 1) {
      const auto slot = static_cast<std::uint32_t>(std::countr_zero(left));
      if (slots_[slot].load(memory_order_seq_cst))
        ++full;
      else
        filled_ &= ~(1u << slot);
    }
    return full;
  }

  std::array<atomic<task *>, capacity> slots_{};
  // The owner's own: the slots that it filled and has not seen empty since, and the next to put a task in front of.
  std::uint32_t filled_ = 0, turn_ = 0;
};

} // namespace weave::detail
