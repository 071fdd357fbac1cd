// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The far part of a loop, on offer.
#pragma once

#include "closures.h"
#include "weave/loop.h"

namespace weave::detail {

/// Accumulators of a loop's reductions, each of which begins with the neutral element. None until they are made.
class accumulators {
public:
  /// The bytes that they and their addresses take, from an address of that alignment.
  struct layout {
    std::size_t bytes, alignment;
    /// Whether they are made in the room that is given; what needs more is on the heap.
    bool fits(std::size_t room) const noexcept { return bytes <= room && alignment <= alignof(std::max_align_t); }
  };
  static layout layout_of(const loop &) noexcept;

  accumulators() = default;
  accumulators(const accumulators &) = delete;
  accumulators &operator=(const accumulators &) = delete;
  ~accumulators();

  /// @param room  so many bytes as are given, for any of the fundamental types
  /// False if there is no memory. Throws what making a value throws.
  bool make(const loop &, void *room, std::size_t given);
  bool are_made() const noexcept { return addresses_; }
  void *const *addresses() const noexcept { return addresses_; }

private:
  void destroy(std::size_t count) noexcept;

  const loop *of_ = nullptr;
  void *heap_ = nullptr;
  void **addresses_ = nullptr;
};

/// `left` becomes what it was, combined with `right`, which comes behind it.
void combine(const loop &of, void *const *left, void *const *right);

/// Some iterations of a loop as a task.
///
/// Protocol, Ordering, Lifetime: a task's. It is made, joined and destroyed by one thread, in whose frame the loop lies. Who runs it makes its accumulators, so that there are none of
///   pieces that nobody takes.
struct piece final : task {
  using function = void (*)(piece &);

  piece(const loop &of, function work, std::uint64_t begin, std::uint64_t end, double pace, worker_base &owner,
        std::size_t bytes)
      : task(&run_piece, owner, bytes, alignof(piece)), of(of), work(work), begin(begin), end(end), pace(pace) {
    WEAVE_ASSERT(begin < end, "a piece has iterations");
  }

  /// Makes one and puts it on offer, in front of `newest`. Null if nobody can take it.
  static piece *offer(const loop &of, function work, std::uint64_t begin, std::uint64_t end, double pace, piece *newest);
  /// Takes it back, to run what is in it. False: somebody ran it, and it is done.
  bool take_back() noexcept {
    if (detail::take_back(*owner, *this))
      return true;
    wait(*owner, *this);
    return !values.are_made() && !error; // whoever took it had no memory for them
  }
  /// Of a piece; otherwise null.
  static const site *site_of(const task &of) noexcept {
    return of.run == &run_piece ? static_cast<const piece &>(of).of.options.where : nullptr;
  }
  /// Whether somebody ran it to its end.
  bool has_result() const noexcept { return state.load(memory_order_acquire) == progress::done && values.are_made() && !error; }

  const loop &of;
  const function work;
  const std::uint64_t begin;
  std::uint64_t end;
  const double pace; ///< See protocol::strips.
  accumulators values;

private:
  static constexpr std::size_t room = 256; ///< For small accumulators, behind the piece.
  static void run_piece(task &self) noexcept;
};
static_assert(sizeof(piece) % alignof(std::max_align_t) == 0);

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
  /// Combines neighbours that are done. So no more of them have accumulators than run at once, and one more for each.
  void combine_neighbours(const loop &of);

private:
  piece *top_ = nullptr;
};

} // namespace weave::detail
