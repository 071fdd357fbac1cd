// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// parallel_for: the iteration space, and lazy binary splitting over strips.
//
// A loop runs in strips without a poll inside, so that the vectoriser sees the user's own loop. Between strips it looks whether a task is wanted, and if so puts the far half
// of what is left on offer (lazy splitting: Tzannes, Caragea, Barua, Vishkin, PPoPP 2010). Halves are joined in iteration order:
// one that nobody took is simply run on, with the same accumulators; one that was stolen is combined.
#pragma once

#include "detail/strip.h"
#include "reduce.h"
#include "task.h"

#include <cstdint>
#include <tuple>
#include <type_traits>

namespace weave::detail {

enum class bound { less, less_equal, greater, greater_equal, not_equal };
enum class direction { up, down };

/// The iterations of a canonical loop, numbered from 0. Exact over the whole range of T, for any start and stride.
template <class T, bound Bound, direction Direction> class iterations {
  static_assert(std::is_integral_v<T>, "a parallel_for runs over integers");
  using bits = std::make_unsigned_t<T>;

public:
  template <class Last, class Stride>
  iterations(T first, Last last, Stride stride) : first_(first), stride_(static_cast<bits>(stride)) {
    if (!enters(first, last))
      return;
    last_ = static_cast<T>(last);
    const bits distance = Direction == direction::up ? bits(bits(last_) - bits(first)) : bits(bits(first) - bits(last_));
    if constexpr (inclusive)
      count_ = std::uint64_t(distance / stride_) + 1;
    else
      count_ = std::uint64_t(distance / stride_) + (distance % stride_ != 0);
  }

  std::uint64_t count() const { return count_; }
  /// The value of the induction variable in iteration `k`.
  T begin(std::uint64_t k) const { return at(k); }
  /// What the user's condition must be compared with to stop before iteration `k`.
  T end(std::uint64_t k) const { return k == count_ ? last_ : at(inclusive ? k - 1 : k); }

private:
  static constexpr bool inclusive = Bound == bound::less_equal || Bound == bound::greater_equal;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-compare" // the user's own comparison, with its conversions
  template <class Last> static bool enters(T first, Last last) {
    if constexpr (Bound == bound::less)
      return first < last;
    else if constexpr (Bound == bound::less_equal)
      return first <= last;
    else if constexpr (Bound == bound::greater)
      return first > last;
    else if constexpr (Bound == bound::greater_equal)
      return first >= last;
    else
      return first != last;
  }
#pragma GCC diagnostic pop

  T at(std::uint64_t k) const {
    const bits offset = static_cast<bits>(static_cast<bits>(k) * stride_);
    return static_cast<T>(Direction == direction::up ? bits(bits(first_) + offset) : bits(bits(first_) - offset));
  }

  T first_, last_{};
  bits stride_;
  std::uint64_t count_ = 0;
};

/// The far part of a loop, on offer.
template <class Loop, class... Partial> struct piece final : task {
  piece(const Loop &loop, std::uint64_t begin, std::uint64_t end, std::uint64_t strip, worker_base &owner,
        std::size_t bytes, std::size_t alignment)
      : task(&run_piece, owner, bytes, alignment), loop(loop), begin(begin), end(end), strip(strip),
        partials(loop.identities()) {}

  static void run_piece(task &self) noexcept {
    auto &me = static_cast<piece &>(self);
    run_guarded(
        [&me] {
          std::apply([&me](auto &...partial) { me.loop.run(me.begin, me.end, me.strip, partial...); }, me.partials);
        },
        me.error);
  }

  const Loop &loop; // in the frame of the owner, which waits for this piece
  const std::uint64_t begin, end, strip;
  std::tuple<Partial...> partials;
};

/// The pieces that one call of `run` has on offer, the nearest on top. Whatever is left is abandoned when an exception passes.
template <class Piece> class pieces {
public:
  pieces() = default;
  pieces(const pieces &) = delete;
  pieces &operator=(const pieces &) = delete;
  ~pieces() {
    while (top_) {
      if (!take_back(*top_->owner, *top_))
        wait(*top_->owner, *top_);
      pop();
    }
  }

  /// Offers [begin, end). False if nobody can take it.
  template <class Loop> WEAVE_COLD bool split(const Loop &loop, std::uint64_t begin, std::uint64_t end, std::uint64_t strip) {
    worker_base *worker = worker_for_task();
    Piece *made = worker ? make_task<Piece>(*worker, loop, begin, end, strip) : nullptr;
    if (!made)
      return false;
    made->number = ++tasks_created;
    made->previous = top_;
    top_ = made;
    offer(*worker, *made);
    return true;
  }

  Piece *top() const { return top_; }
  void pop() {
    auto *below = static_cast<Piece *>(top_->previous);
    destroy(std::exchange(top_, below));
  }

private:
  static void destroy(Piece *piece) {
    worker_base &owner = *piece->owner;
    piece->~Piece();
    free_task(owner, piece, sizeof(Piece), alignof(Piece));
  }

  Piece *top_ = nullptr;
};

template <class Iterations, class Body, class... Reduced> class parallel_loop {
public:
  parallel_loop(const Iterations &iterations, const Body &body) : iterations_(iterations), body_(body) {}

  /// Runs iterations [k, end), the partials holding what precedes k.
  void run(std::uint64_t k, std::uint64_t end, std::uint64_t strip_length, typename Reduced::value &...partial) const {
    // A copy that nobody else can see, so that the captures live in registers.
    const copied<Body> body = body_;
    const copied<Iterations> space = iterations_;
    pieces<piece_type> offered;
    strip strips(end - k, strip_length);
    for (;;) {
      while (k != end) {
        while (task_wanted() && strips.worth_splitting(end - k)) {
          const std::uint64_t middle = k + (end - k + 1) / 2;
          if (!offered.split(*this, middle, end, strips.length()))
            break;
          end = middle;
        }
        const std::uint64_t next = k + strips.next(end - k);
        body(space.begin(k), space.end(next), partial...);
        strips.ran(next - k);
        k = next;
      }
      piece_type *nearest = offered.top();
      if (!nearest)
        return;
      end = nearest->end;
      if (!take_back(*nearest->owner, *nearest)) {
        wait(*nearest->owner, *nearest);
        if (nearest->error)
          std::rethrow_exception(nearest->error);
        std::apply([&](auto &...right) { (Reduced::op::combine(partial, right), ...); }, nearest->partials);
        k = end;
      }
      offered.pop();
    }
  }

  /// The whole loop in one go, for a worker that shares with nobody.
  void run_alone(typename Reduced::value &...partial) const {
    if (const std::uint64_t count = iterations_.count())
      body_(iterations_.begin(0), iterations_.end(count), partial...);
  }

  std::tuple<typename Reduced::value...> identities() const {
    return std::tuple<typename Reduced::value...>(Reduced::op::template identity<typename Reduced::value>()...);
  }

private:
  using piece_type = piece<parallel_loop, typename Reduced::value...>;
  template <class T>
  using copied = std::conditional_t<std::is_trivially_copyable_v<T> && sizeof(T) <= 256, const T, const T &>;

  const Iterations &iterations_;
  const Body &body_;
};

/// Runs `body(begin, end, accumulators...)` over all iterations, in pieces that may run in parallel, and returns when all are done.
/// Throws what the first piece in iteration order threw.
template <class Iterations, class Body, class... Reduced>
void parallel_reduce(const Iterations &iterations, const Body &body, Reduced... reduced) {
  const parallel_loop<Iterations, Body, Reduced...> loop(iterations, body);
  if (!current->shares && !task_wanted())
    loop.run_alone(reduced.variable...);
  else
    loop.run(0, iterations.count(), 0, reduced.variable...);
}

/// The same, but here and now if the condition does not hold.
template <class Iterations, class Body, class... Reduced>
void parallel_reduce_if(bool condition, const Iterations &iterations, const Body &body, Reduced... reduced) {
  if (condition)
    parallel_reduce(iterations, body, reduced...);
  else
    parallel_loop<Iterations, Body, Reduced...>(iterations, body).run_alone(reduced.variable...);
}

template <class Iterations, class Body> void parallel_for(const Iterations &iterations, const Body &body) {
  parallel_reduce(iterations, body);
}

template <class Iterations, class Body>
void parallel_for_if(bool condition, const Iterations &iterations, const Body &body) {
  parallel_reduce_if(condition, iterations, body);
}

} // namespace weave::detail
