// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "protocol/limits.h"
#include "weave/detail/sync.h"

#include <cstdint>
#include <memory>

namespace weave::detail {

/// Who may have tasks on offer, one bit a worker, so that a thief visits nobody else.
///
/// Protocol: whoever puts a task on offer marks its worker afterwards, if it is not marked. A thief that finds nothing at a marked worker clears the mark and looks once
///   more; if there is something now, it marks the worker again and looks at the sleepers, as if it had put it there.
/// Ordering: sequentially consistent, see protocol/README.md, "a sleeper is seen or sees".
/// Lifetime: the runtime's.
class suppliers {
public:
  using word = std::uint64_t;
  static constexpr unsigned group = protocol::limits::marks; ///< Workers of one word.

  explicit suppliers(unsigned workers) : groups_(new line[(workers + group - 1) / group]) {}

  void mark(unsigned worker) noexcept {
    if (!is_marked(worker))
      groups_[worker / group].marks.fetch_or(mask(worker), memory_order_seq_cst);
  }

  void clear(unsigned worker) noexcept {
    if (is_marked(worker))
      groups_[worker / group].marks.fetch_and(~mask(worker), memory_order_seq_cst);
  }

  bool is_marked(unsigned worker) const noexcept { return (marked(worker / group) & mask(worker)) != 0; }
  /// The marks of the workers from `group * index` on, the first in the lowest bit.
  word marked(unsigned index) const noexcept { return groups_[index].marks.load(memory_order_seq_cst); }

private:
  struct alignas(64) line {
    atomic<word> marks{0};
  };

  static word mask(unsigned worker) noexcept { return word{1} << worker % group; }

  const std::unique_ptr<line[]> groups_;
};

} // namespace weave::detail
