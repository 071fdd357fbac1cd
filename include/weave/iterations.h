// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The iteration spaces of parallel_for: what the serial loop would run, numbered from 0, so that any stretch of it can
// run by itself.
#pragma once

#include "detail/config.h"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <type_traits>
#include <utility>

namespace weave::detail {

enum class bound { less, less_equal, greater, greater_equal, not_equal };
enum class direction { up, down };

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-compare" // the user's own comparison, with its conversions
/// Whether a loop has a first iteration.
template <bound Bound, class First, class Last> bool enters(const First &first, const Last &last) {
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

constexpr bool is_inclusive(bound relation) {
  return relation == bound::less_equal || relation == bound::greater_equal;
}

/// A loop over integers. Exact over the whole range of T, for any start and stride.
template <class T, bound Bound, direction Direction> class integer_iterations {
  using bits = std::make_unsigned_t<T>;

public:
  integer_iterations() = default;
  template <class Last, class Stride>
  integer_iterations(T first, Last last, Stride stride) : first_(first), stride_(static_cast<bits>(stride)) {
    if (!enters<Bound>(first, last))
      return;
    last_ = static_cast<T>(last);
    const bits distance =
        Direction == direction::up ? bits(bits(last_) - bits(first)) : bits(bits(first) - bits(last_));
    if constexpr (is_inclusive(Bound))
      count_ = std::uint64_t(distance / stride_) + 1;
    else
      count_ = std::uint64_t(distance / stride_) + (distance % stride_ != 0);
  }

  std::uint64_t count() const { return count_; }
  /// The value of the induction variable in iteration `k`.
  T begin(std::uint64_t k) const { return at(k); }
  /// What the user's condition must be compared with to stop before iteration `k`.
  T end(std::uint64_t k) const { return k == count_ ? last_ : at(is_inclusive(Bound) ? k - 1 : k); }

private:
  T at(std::uint64_t k) const {
    const bits offset = static_cast<bits>(static_cast<bits>(k) * stride_);
    return static_cast<T>(Direction == direction::up ? bits(bits(first_) + offset) : bits(bits(first_) - offset));
  }

  T first_{}, last_{};
  bits stride_ = 1;
  std::uint64_t count_ = 0;
};

template <class T, class = void> constexpr bool is_random_access = false;
template <class T>
constexpr bool is_random_access<T, std::void_t<decltype(std::declval<T &>() - std::declval<T &>()),
                                               decltype(std::declval<T &>() += std::ptrdiff_t())>> = true;

/// A loop over pointers or random-access iterators. Never makes one that the serial loop would not make.
template <class T, bound Bound, direction Direction> class iterator_iterations {
  static_assert(is_random_access<T>, "a parallel_for runs over integers, pointers or random-access iterators");
  using difference = decltype(std::declval<T &>() - std::declval<T &>());

public:
  iterator_iterations() = default;
  template <class Last, class Stride>
  iterator_iterations(T first, const Last &last, Stride stride)
      : first_(first), stride_(static_cast<std::uint64_t>(stride)) {
    if (!enters<Bound>(first, last))
      return;
    if constexpr (Direction == direction::up) // a sentinel can be subtracted from on one side only
      distance_ = static_cast<std::uint64_t>(last - first);
    else
      distance_ = static_cast<std::uint64_t>(first - last);
    count_ = distance_ / stride_ + (is_inclusive(Bound) || distance_ % stride_ != 0);
  }

  std::uint64_t count() const { return count_; }
  T begin(std::uint64_t k) const { return at(k * stride_); }
  T end(std::uint64_t k) const {
    if constexpr (is_inclusive(Bound))
      return at((k - 1) * stride_);
    else
      return at(k == count_ ? distance_ : k * stride_);
  }

private:
  T at(std::uint64_t offset) const {
    T moved = first_;
    if constexpr (Direction == direction::up)
      moved += static_cast<difference>(offset);
    else
      moved -= static_cast<difference>(offset);
    return moved;
  }

  T first_{};
  std::uint64_t stride_ = 1, distance_ = 0, count_ = 0;
};

/// The iterations of a canonical loop.
template <class T, bound Bound, direction Direction>
using iterations = std::conditional_t<std::is_integral_v<T>, integer_iterations<T, Bound, Direction>,
                                      iterator_iterations<T, Bound, Direction>>;

namespace elements_of {

template <class Range, class = void> constexpr bool has_members = false;
template <class Range>
constexpr bool
    has_members<Range, std::void_t<decltype(std::declval<Range &>().begin(), std::declval<Range &>().end())>> = true;

// As the range-based `for` looks them up: members, or else what the argument's namespaces have.
template <class Range> auto first(Range &range) {
  if constexpr (has_members<Range>)
    return range.begin();
  else
    return begin(range);
}
template <class Range> auto last(Range &range) {
  if constexpr (has_members<Range>)
    return range.end();
  else
    return end(range);
}
template <class T, std::size_t N> T *first(T (&array)[N]) { return array; }
template <class T, std::size_t N> T *last(T (&array)[N]) { return array + N; }

template <class Range> auto all(Range &range) {
  using iterator = decltype(first(range));
  static_assert(is_random_access<iterator>, "a parallel_for over a range needs random-access iterators");
  return iterations<iterator, bound::not_equal, direction::up>(first(range), last(range), 1);
}

} // namespace elements_of

/// The elements that a range-based `for` runs over. The range must outlive the loop.
template <class Range> auto elements(Range &&range) { return elements_of::all(range); }
template <class T> auto elements(const std::initializer_list<T> &list) { return elements_of::all(list); }

/// Some of them, for a range-based `for` to run over.
template <class Iterator> class stretch {
public:
  stretch(Iterator begin, Iterator end) : begin_(begin), end_(end) {}
  Iterator begin() const { return begin_; }
  Iterator end() const { return end_; }

private:
  Iterator begin_, end_;
};
template <class Iterator> stretch(Iterator, Iterator) -> stretch<Iterator>;

/// Loops, from the outside in.
template <class... Loops> struct loop_list {};
template <class First, class... Rest> struct loop_list<First, Rest...> {
  First first;
  loop_list<Rest...> rest;
};

/// Perfectly nested loops as one iteration space, the innermost loop running fastest.
///
/// A stretch of it is covered by boxes: the rest of a row, whole rows, the beginning of a row, and the same one level
/// up. So each box is a nest of the user's own loops, and there is no division within it.
template <class... Loops> class collapsed {
  static constexpr std::size_t depth = sizeof...(Loops);

public:
  explicit collapsed(const loop_list<Loops...> &loops) : loops_(loops) {
    count_each<0>(loops_);
    // More than 2^64 iterations have no end; but the first of them, which may throw, are what they should be.
    for (std::size_t level = depth; level-- != 0;) {
      sizes_[level] = count_;
      if (__builtin_mul_overflow(count_, counts_[level], &count_))
        count_ = ~std::uint64_t(0);
    }
  }

  std::uint64_t count() const { return count_; }

  /// The largest box that begins with iteration `k` and ends not after iteration `end`.
  struct box {
    std::uint64_t begin[depth], end[depth];
    std::uint64_t count;
  };
  box box_at(std::uint64_t k, std::uint64_t end) const {
    std::size_t level = 0; // of which it has several rounds
    while (k % sizes_[level] != 0 || end - k < sizes_[level])
      ++level;
    box found{};
    for (std::size_t each = 0; each != depth; ++each)
      found.end[each] = counts_[each];
    for (std::size_t outer = 0; outer <= level; ++outer) {
      found.begin[outer] = k / sizes_[outer] % counts_[outer];
      found.end[outer] = found.begin[outer] + 1;
    }
    const std::uint64_t whole = (end - k) / sizes_[level], left = counts_[level] - found.begin[level];
    const std::uint64_t rounds = whole < left ? whole : left;
    found.end[level] = found.begin[level] + rounds;
    found.count = sizes_[level] * rounds;
    return found;
  }

  /// Calls `f` with the begin and the end of each loop for a box.
  template <class F> WEAVE_INLINE void with_bounds(const box &of, const F &f) const { with_bounds<0>(loops_, of, f); }

private:
  template <std::size_t Level> void count_each(const loop_list<> &) {}
  template <std::size_t Level, class First, class... Rest> void count_each(const loop_list<First, Rest...> &loops) {
    counts_[Level] = loops.first.count();
    count_each<Level + 1>(loops.rest);
  }

  template <std::size_t Level, class F> static WEAVE_INLINE void with_bounds(const loop_list<> &, const box &, const F &f) {
    f();
  }
  template <std::size_t Level, class First, class... Rest, class F>
  static WEAVE_INLINE void with_bounds(const loop_list<First, Rest...> &loops, const box &of, const F &f) {
    const auto begin = loops.first.begin(of.begin[Level]), end = loops.first.end(of.end[Level]);
    with_bounds<Level + 1>(loops.rest, of, [&](const auto &...inner) { f(begin, end, inner...); });
  }

  loop_list<Loops...> loops_;
  std::uint64_t counts_[depth], sizes_[depth] = {};
  std::uint64_t count_ = 1;
};

template <class First, class... Rest> loop_list<First, Rest...> prepend(const First &first, const loop_list<Rest...> &rest) {
  return {first, rest};
}
/// The spaces of nested loops. As in the serial program, the bounds of the inner ones are not looked at if the loops
/// around them have no iteration.
inline loop_list<> enter_loops(bool) { return {}; }
template <class Make, class... Inner> auto enter_loops(bool runs, const Make &make, const Inner &...inner) {
  using space = decltype(make());
  const space made = runs ? make() : space();
  return prepend(made, enter_loops(runs && made.count() != 0, inner...));
}
template <class... Loops> collapsed<Loops...> collapse_list(const loop_list<Loops...> &loops) { return collapsed<Loops...>(loops); }

/// @param inner  functions that make the spaces of the inner loops
template <class Outermost, class... Inner> auto collapse(const Outermost &outermost, const Inner &...inner) {
  return collapse_list(prepend(outermost, enter_loops(outermost.count() != 0, inner...)));
}

/// Calls the body for iterations [k, end) of a loop: with a begin and an end, and then what else it takes.
template <class Space, class Body, class... More>
WEAVE_INLINE void run_stretch(const Space &space, std::uint64_t k, std::uint64_t end, const Body &body, More &...more) {
  body(space.begin(k), space.end(end), more...);
}
template <class... Loops, class Body, class... More>
WEAVE_INLINE void run_stretch(const collapsed<Loops...> &space, std::uint64_t k, std::uint64_t end, const Body &body,
                              More &...more) {
  while (k != end) {
    const auto box = space.box_at(k, end);
    space.with_bounds(box, [&](const auto &...bounds) { body(bounds..., more...); });
    k += box.count;
  }
}

} // namespace weave::detail
