// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "weave/detail/sync.h"

#include <bit>
#include <cstdint>
#include <memory>
#include <optional>

namespace weave::detail {

/// Who sleeps: the message "wake me when you offer something", one bit a worker.
///
/// Protocol: a worker enters itself before its last look for work and leaves after it; or somebody who offers work removes it, and must then wake it.
/// Ordering: sequentially consistent, see protocol/README.md, "a sleeper is seen or sees".
/// Lifetime: the runtime's.
class sleepers {
  using word = std::uint64_t;
  static constexpr unsigned bits = 64;

public:
  explicit sleepers(unsigned workers) : count_((workers + bits - 1) / bits), words_(new atomic<word>[count_]{}) {}

  void enter(unsigned worker) noexcept { at(worker).fetch_or(mask(worker), memory_order_seq_cst); }

  /// False: somebody removed this worker already, and a wake-up is on its way.
  bool leave(unsigned worker) noexcept {
    return (at(worker).fetch_and(~mask(worker), memory_order_seq_cst) & mask(worker)) != 0;
  }

  /// Removes a sleeper, the nearest after `from` in cyclic order, and returns it.
  std::optional<unsigned> remove_one(unsigned from) noexcept {
    for (unsigned step = 0; step <= count_; ++step) { // the first word twice: its low part comes last
      const unsigned index = (from / bits + step) % count_;
      word sleeping = words_[index].load(memory_order_seq_cst);
      if (step == 0)
        sleeping &= ~word{0} << from % bits;
      while (sleeping) {
        const unsigned worker = index * bits + static_cast<unsigned>(std::countr_zero(sleeping));
        if (leave(worker))
          return worker;
        sleeping &= sleeping - 1;
      }
    }
    return std::nullopt;
  }

private:
  static word mask(unsigned worker) noexcept { return word{1} << worker % bits; }
  atomic<word> &at(unsigned worker) noexcept { return words_[worker / bits]; }

  const unsigned count_;
  const std::unique_ptr<atomic<word>[]> words_;
};

} // namespace weave::detail
