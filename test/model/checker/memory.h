// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "location.h"

#include <array>
#include <atomic>
#include <deque>
#include <source_location>
#include <vector>

namespace weave::model {

using order = std::memory_order;
using place = std::source_location;

/// What an atomic object consists of. Outside an execution it is just its value.
struct cell {
  word value;                  ///< Outside, or when the execution began.
  std::uint64_t execution = 0; ///< To which `at` belongs.
  location *at = nullptr;
};

/// The memory of C++20 atomics: of each location, all stores in modification order, and which of them each thread must
/// have seen.
///
/// What it shows: every execution in which program order and reads-from have no cycle, so it reads no value from the
/// future (no load buffering). The single order of sequentially consistent operations is the order in which they run
/// here. Complexity: an operation takes time in proportion to the stores that its location had in this execution.
class memory {
public:
  /// Forgets everything.
  void begin();

  // For the thread that runs.

  void create(cell &);
  void destroy(cell &);
  word load(cell &, order, place);
  void store(cell &, word, order, place);
  /// Returns the value that it replaced by `change(value, operand)`.
  word modify(cell &, word (*change)(word, word), word operand, order, place);
  bool compare_exchange(cell &, word &expected, word desired, bool weak, order success, order failure, place);
  void fence(order, place);
  /// A fence of every thread at this moment. Of the others it is only the part of a sequentially consistent fence that concerns the single order: what a compiler does around
  /// it there is not bound by it.
  void heavy_fence(place);
  /// Like the kernel's wait, it sleeps only if the newest value is `old`.
  void wait(cell &, word old, order, place);
  void notify(cell &, bool all, place);
  /// Not an operation of the program: the value that comes last in modification order.
  word newest(cell &);
  /// The same, unseen by the scheduler: what others do before or after it does not matter.
  word glance(cell &);

private:
  location &find(cell &);
  location &access(cell &);
  std::size_t floor(const location &, order, unsigned reader) const;
  void candidates(const location &, order);
  static bool precedes_replacement(const location &, std::size_t at);
  std::size_t pick();
  void observe(location &, std::size_t at, order);
  void agree(unsigned thread);
  void insert(location &, std::size_t at, word, order, const clock *replaced);
  void replace(location &, std::size_t at, word, order);

  std::uint64_t execution_ = 0;
  std::deque<location> locations_;
  std::size_t used_ = 0;
  std::vector<std::size_t> candidates_;            // indices of stores, of which one is picked
  std::array<clock, most_threads> acquired_later_; // by a fence: what relaxed loads have read
  std::array<clock, most_threads> released_;       // by the last fence
};

inline memory atomics;

} // namespace weave::model
