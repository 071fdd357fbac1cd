// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "weave/detail/contract.h"
#include "weave/detail/sync.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <memory>
#include <optional>

namespace weave::detail {

/// Who sleeps, one bit a worker, and how many look for work: the message "wake me when you offer something".
///
/// Protocol: busy -> searching -> sleeping -> searching -> busy. A worker makes each of these steps itself, or is removed from the sleepers by somebody who offers work, must then
///   wake it, and counts it among those who search from that moment.
/// Ordering: entering, and the look of who offers, are sequentially consistent (protocol/README.md, "a sleeper is seen or sees"). The other steps change the same word, whose
///   coherence says whether they come before that look; so they are relaxed.
/// Lifetime: the runtime's.
class sleepers {
  using word = std::uint64_t; // of some workers: how many search, then who sleeps

public:
  explicit sleepers(unsigned workers) : groups_(new line[groups(workers)]) {}

  void begin_search(unsigned worker) noexcept { at(worker).fetch_add(one, memory_order_relaxed); }
  /// True: nobody near this worker searches any more.
  bool end_search(unsigned worker) noexcept {
    WEAVE_ASSERT(glance(at(worker)) >= one, "who ends a search has begun one");
    return at(worker).fetch_sub(one, memory_order_relaxed) / one == 1;
  }

  /// From searching to sleeping.
  void enter(unsigned worker) noexcept {
    WEAVE_ASSERT(glance(at(worker)) >= one, "who falls asleep was searching");
    WEAVE_ASSERT(!(glance(at(worker)) & mask(worker)), "a worker sleeps once");
    at(worker).fetch_add(mask(worker) - one, memory_order_seq_cst);
  }

  /// And back. False: somebody removed this worker already, and a wake-up is on its way.
  bool leave(unsigned worker) noexcept {
    word seen = at(worker).load(memory_order_relaxed);
    while (seen & mask(worker))
      if (at(worker).compare_exchange_weak(seen, seen - mask(worker) + one, memory_order_relaxed, memory_order_relaxed))
        return true;
    return false;
  }

  /// Whether nobody sleeps or searches, of so many workers.
  bool all_busy(unsigned workers) const noexcept {
    return std::all_of(groups_.get(), groups_.get() + groups(workers), [](const line &each) { return each.state.load(memory_order_seq_cst) == 0; });
  }

  /// Removes a sleeper and returns it: one near `from`, or else wherever the random number says, so that those who wake many do not get into each other's way.
  /// @param workers  how many there are at this moment
  /// @param always  otherwise only if nobody searches
  std::optional<unsigned> remove_one(unsigned from, unsigned workers, bool always, unsigned random) noexcept {
    WEAVE_ASSERT(from < workers, "who wakes is one of the workers");
    const unsigned count = groups(workers);
    const int first = static_cast<int>(from % bits);
    unsigned group = from / bits;
    for (unsigned step = 0; step <= count; ++step) { // the own group, then all of them
      for (;;) {
        word seen = groups_[group].state.load(memory_order_seq_cst);
        if (seen / one != 0 && !always)
          return std::nullopt;
        auto sleeping = static_cast<std::uint32_t>(seen);
        if (!sleeping)
          break;
        const unsigned worker = group * bits + (static_cast<unsigned>(std::countr_zero(std::rotr(sleeping, first)) + first)) % bits;
        if (at(worker).compare_exchange_strong(seen, seen - mask(worker) + one, memory_order_relaxed, memory_order_relaxed))
          return worker;
        if (always) // somebody else is waking here
          break;
      }
      if (step == 0)
        group = random % count;
      else if (++group == count)
        group = 0;
    }
    return std::nullopt;
  }

private:
  static constexpr unsigned bits = 32;
  static constexpr word one = word{1} << bits;

  struct alignas(64) line {
    atomic<word> state{0};
  };

  static unsigned groups(unsigned workers) noexcept { return (workers + bits - 1) / bits; }
  static word mask(unsigned worker) noexcept { return word{1} << worker % bits; }
  atomic<word> &at(unsigned worker) noexcept { return groups_[worker / bits].state; }

  const std::unique_ptr<line[]> groups_;
};

} // namespace weave::detail
