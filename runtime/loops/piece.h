// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The far part of a loop, on offer.
#pragma once

#include "closures.h"
#include "weave/loop.h"

namespace weave::detail {

/// Accumulators of a loop's reductions, each of which begins with the neutral element.
class accumulators {
public:
  /// The bytes that they and their addresses take, from an address of that alignment.
  struct layout {
    std::size_t bytes, alignment;
  };
  static layout layout_of(const loop &) noexcept;

  /// @param where  memory of that layout
  /// Throws what making a value throws.
  accumulators(const loop &of, void *where);
  accumulators(const accumulators &) = delete;
  accumulators &operator=(const accumulators &) = delete;
  ~accumulators() { destroy(of_.reduction_count); }

  void *const *addresses() const noexcept { return addresses_; }

private:
  void destroy(std::size_t count) noexcept;

  const loop &of_;
  void **const addresses_;
};

/// `left` becomes what it was, combined with `right`, which comes behind it.
void combine(const loop &of, void *const *left, void *const *right);

/// Some iterations of a loop as a task.
///
/// Protocol, Ordering, Lifetime: a task's. It is made, joined and destroyed by one thread, in whose frame the loop lies.
struct piece final : task {
  using function = void (*)(piece &);

  piece(const loop &of, function work, std::uint64_t begin, std::uint64_t end, double pace, worker_base &owner,
        std::size_t bytes, std::size_t alignment)
      : task(&run_piece, owner, bytes, alignment), of(of), work(work), begin(begin), end(end), pace(pace),
        values(of, behind(accumulators::layout_of(of).alignment)) {
    WEAVE_ASSERT(begin < end, "a piece has iterations");
  }

  /// Makes one and puts it on offer, in front of `newest`. Null if nobody can take it.
  static piece *offer(const loop &of, function work, std::uint64_t begin, std::uint64_t end, double pace, piece *newest);
  /// Takes it back, to run what is in it. False: somebody ran it, and it is done.
  bool take_back() noexcept {
    if (detail::take_back(*owner, *this))
      return true;
    wait(*owner, *this);
    return false;
  }

  const loop &of;
  const function work;
  const std::uint64_t begin, end;
  const double pace; ///< See protocol::strips.
  accumulators values;

private:
  static void run_piece(task &self) noexcept;
  void *behind(std::size_t alignment) noexcept;
};

/// The pieces that a worker's part of a loop has on offer, the nearest on top. Whatever is left is abandoned when an exception passes.
class pieces {
public:
  pieces() = default;
  pieces(const pieces &) = delete;
  pieces &operator=(const pieces &) = delete;
  ~pieces();

  /// Offers [begin, end). False if nobody can take it.
  bool split(const loop &of, piece::function work, std::uint64_t begin, std::uint64_t end, double pace) {
    piece *made = piece::offer(of, work, begin, end, pace, top_);
    if (made)
      top_ = made;
    return made != nullptr;
  }
  piece *top() const noexcept { return top_; }
  void pop() noexcept;

private:
  piece *top_ = nullptr;
};

} // namespace weave::detail
