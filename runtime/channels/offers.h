// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "protocol/limits.h"
#include "weave/detail/contract.h"
#include "weave/task.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

namespace weave::detail {

/// The channel by which a worker sends tasks ahead of need: a few single-slot channels, one sender, any receiver.
///
/// Protocol: a slot is empty or holds a task, perhaps with others behind it (`task::next`). The owner fills slots, in a ring, so that thieves begin with the oldest task; whoever
///   exchanges one for null has what was in it, the owner included.
/// Ordering: sequentially consistent throughout, because putting and looking must agree with the `wanted` words and with `sleepers` on one
///   order (protocol/README.md); the exchange that receives a task thereby acquires what its owner wrote.
/// Lifetime: a task stays valid while a slot holds it, since its owner frees it only after taking it back or after its completion.
class offers {
public:
  static constexpr std::uint32_t capacity = protocol::limits::offers;

  /// Owner. Puts a task on offer, with all that is behind it. When every slot is taken it goes in front of what is in one of them.
  /// @param mine  whether the task is this owner's, who may take it back
  void send(task &first, bool mine) noexcept {
    WEAVE_ASSERT(!first.is_direct(), "a direct task is offered in its record");
    WEAVE_ASSERT(glance(first.state) != progress::done, "what is done is not offered");
    if (filled_ == all)
      count(capacity);
    std::uint32_t slot;
    if (filled_ != all) {
      if (!filled_)
        top_ = 0;
      slot = first_from_top(all & ~filled_);
      filled_ |= 1u << slot;
      top_ = (slot + 1) % capacity;
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
    WEAVE_ASSERT(slot < capacity, "a task that is taken back was in a slot");
    if (!slots_[slot].compare_exchange_strong(expected, nullptr, memory_order_seq_cst, memory_order_relaxed))
      return false;
    filled_ &= ~(1u << slot);
    top_ = slot;
    return true;
  }

  /// Anyone. The oldest task, which in a tree is the largest. Null when nothing is on offer.
  task *receive() noexcept {
    std::uint32_t slot = oldest_.load(memory_order_relaxed);
    for (std::uint32_t i = 0; i != capacity; ++i) {
      if (slots_[slot].load(memory_order_seq_cst))
        if (task *received = slots_[slot].exchange(nullptr, memory_order_seq_cst))
          return received;
      if (++slot == capacity)
        slot = 0;
    }
    return nullptr;
  }

  /// Anyone. Whether nothing is on offer.
  bool empty() const noexcept {
    return std::none_of(slots_.begin(), slots_.end(), [](const auto &slot) { return slot.load(memory_order_seq_cst); });
  }

  /// Owner. The newest task. Null when nothing is on offer.
  task *receive_newest() noexcept {
    while (filled_) {
      const std::uint32_t below = filled_ & ((1u << top_) - 1);
      top_ = static_cast<std::uint32_t>(std::bit_width(below ? below : filled_)) - 1;
      filled_ &= ~(1u << top_);
      if (slots_[top_].load(memory_order_seq_cst))
        if (task *received = slots_[top_].exchange(nullptr, memory_order_seq_cst))
          return received;
    }
    return nullptr;
  }

  /// Owner. Whether it has taken back, or seen taken, all that it put on offer.
  bool spent() const noexcept { return filled_ == 0; }

  /// Owner. Whether at least `least` slots are full at this moment.
  bool holds(std::uint32_t least) noexcept {
    WEAVE_ASSERT(least <= capacity, "offers can hold what they are asked for");
    return count(least) >= least;
  }
  /// Owner. The same for two, sooner where at most one can be full.
  bool holds_another() noexcept { return (filled_ & (filled_ - 1)) != 0 && holds(2); }

private:
  friend struct inspection; // by the simulator (test/sim)

  static constexpr std::uint32_t all = (1u << capacity) - 1;

  void put(task &first, std::uint32_t slot, bool mine) noexcept {
    WEAVE_ASSERT(slot < capacity && (filled_ & 1u << slot), "a slot is marked before it is filled");
    WEAVE_ASSERT(!glance(slots_[slot]), "only an empty slot is filled");
    if (mine)
      first.slot = slot; // not later: it may be gone
    if (const std::uint32_t oldest = first_from_top(filled_); oldest != oldest_.load(memory_order_relaxed))
      oldest_.store(oldest, memory_order_relaxed);
    slots_[slot].store(&first, memory_order_seq_cst);
  }

  // The first of these slots in the order in which the ring is filled.
  std::uint32_t first_from_top(std::uint32_t slots) const noexcept {
    WEAVE_ASSERT(slots != 0 && top_ < capacity, "there is a first of some slots");
    const std::uint32_t above = slots >> top_ << top_;
    return static_cast<std::uint32_t>(std::countr_zero(above ? above : slots));
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

  atomic<std::uint32_t> oldest_{0}; // where those who come shall look first: a hint
  std::array<atomic<task *>, capacity> slots_{};
  // The owner's own: the slots that it filled and has not seen empty since, and the next to put a task in front of.
  std::uint32_t filled_ = 0, turn_ = 0;
  std::uint32_t top_ = 0; // where the ring goes on: the slots from here on hold, round, nothing or the oldest tasks first
};

} // namespace weave::detail
