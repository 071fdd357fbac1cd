// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The iteration spaces of parallel_for: what the serial loop would run, numbered from 0, so that any stretch of it can
// run by itself.
#pragma once

#include "detail/config.h"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
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

constexpr bool is_above(bound relation) { return relation == bound::less || relation == bound::less_equal; }
constexpr bool is_below(bound relation) { return relation == bound::greater || relation == bound::greater_equal; }

/// Whether the variable of a loop moves away from its bound, so that the loop ends where the variable wraps around.
constexpr bool wraps(bound relation, direction way) {
  return way == direction::up ? is_below(relation) : is_above(relation);
}

/// The least k with k * stride = distance, modulo the range of an unsigned type; its largest value if there is none.
template <class Bits> std::uint64_t steps_to(Bits distance, Bits stride) {
  // Small types are multiplied as int, which may overflow.
  const auto times = [](Bits a, Bits b) { return static_cast<Bits>(std::uint64_t(a) * b); };
  const Bits unit = stride & static_cast<Bits>(Bits(0) - stride); // the largest power of two that divides the stride
  if (stride == 0 || distance % unit != 0)
    return ~std::uint64_t(0);
  const Bits odd = static_cast<Bits>(stride / unit);
  Bits inverse = odd; // right in three bits, and in twice as many after each step (Newton)
  for (unsigned right = 3; right < 8 * sizeof(Bits); right *= 2)
    inverse = times(inverse, static_cast<Bits>(2 - times(odd, inverse)));
  const Bits limit = static_cast<Bits>(static_cast<Bits>(~Bits(0)) / unit); // k is below 2^n / unit
  return times(static_cast<Bits>(distance / unit), inverse) & limit;
}

/// An object that converts to a number, as a std::atomic or a std::integral_constant does.
template <class T, class = void> constexpr bool is_like_number = false;
template <class T>
constexpr bool is_like_number<T, std::void_t<decltype(+std::declval<const T &>())>> =
    std::is_class_v<T> &&std::is_arithmetic_v<decltype(+std::declval<const T &>())>;

/// A loop over integers. Exact over the whole range of T, for any start, stride and bound.
template <class T, bound Bound, direction Direction> class integer_iterations {
  using bits = std::make_unsigned_t<T>;
  static constexpr bool is_wrapping = wraps(Bound, Direction);
  static_assert(!is_wrapping || std::is_unsigned_v<T>, "the variable of this parallel_for moves away from its bound, "
                                                       "and is no unsigned integer, which would wrap around");

public:
  integer_iterations() = default;
  template <class Last, class Stride, std::enable_if_t<!std::is_class_v<Last>, int> = 0>
  integer_iterations(T first, Last last, Stride stride) : integer_iterations(first, stride) {
    count_to(last);
  }
  template <class Last, class Stride, std::enable_if_t<std::is_class_v<Last>, int> = 0>
  integer_iterations(T first, const Last &last, Stride stride) : integer_iterations(first, stride) {
    if constexpr (is_like_number<Last>)
      count_to(+last);
    else
      count_to(last);
  }

  std::uint64_t count() const { return count_; }
  /// The value of the induction variable in iteration `k`.
  T begin(std::uint64_t k) const { return at(k); }
  /// What the user's condition must be compared with to stop before iteration `k`; of a loop that wraps around, what
  /// the variable is then.
  T end(std::uint64_t k) const {
    return k == count_ && !is_wrapping ? last_ : at(is_inclusive(Bound) && !is_wrapping ? k - 1 : k);
  }
  /// What the loop leaves in its variable.
  T after() const { return at(count_); }

private:
  template <class Stride>
  integer_iterations(T first, Stride stride) : first_(first), stride_(static_cast<bits>(stride)) {
    static_assert(!std::is_floating_point_v<Stride>, "the increment of a parallel_for over integers is an integer");
  }
  template <class Last> void count_to(const Last &last) {
    if (!enters<Bound>(first_, last))
      return;
    if constexpr (is_wrapping) {
      count_ = std::uint64_t(Direction == direction::up ? bits(~bits(first_)) : bits(first_)) + 1;
    } else {
      last_ = bound_of(last);
      const bits distance = distance_to(last_);
      if (stride_ == 0) // as the serial loop, it does not end
        count_ = ~std::uint64_t(0);
      else if constexpr (Bound == bound::not_equal)
        count_ = steps_to(distance, stride_);
      else if constexpr (is_inclusive(Bound))
        count_ = std::uint64_t(distance / stride_) + 1;
      else
        count_ = std::uint64_t(distance / stride_) + (distance % stride_ != 0);
    }
  }
  T at(std::uint64_t k) const { return moved(static_cast<bits>(static_cast<bits>(k) * stride_)); }
  bits distance_to(T value) const {
    return Direction == direction::up ? bits(bits(value) - bits(first_)) : bits(bits(first_) - bits(value));
  }
  /// The integer in whose place the comparison with `last` has the same result. What is no integer is asked for the
  /// last value that meets it.
  template <class Last> T bound_of(const Last &last) const {
    if constexpr (std::is_integral_v<Last> || std::is_enum_v<Last>) {
      return static_cast<T>(last);
    } else {
      constexpr bound ordered = Bound != bound::not_equal    ? Bound
                                : Direction == direction::up ? bound::less
                                                             : bound::greater;
      using limits = std::numeric_limits<T>;
      bits met = 0, beyond = distance_to(Direction == direction::up ? limits::max() : limits::min());
      while (met != beyond) {
        const bits left = static_cast<bits>(beyond - met), middle = static_cast<bits>(met + left / 2 + left % 2);
        if (enters<ordered>(moved(middle), last))
          met = middle;
        else
          beyond = static_cast<bits>(middle - 1);
      }
      return moved(is_inclusive(Bound) ? met : static_cast<bits>(met + 1));
    }
  }
  T moved(bits offset) const {
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
  static_assert(!wraps(Bound, Direction), "the variable of this parallel_for moves away from its bound");
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
    std::uint64_t distance = distance_, step = stride_;
    if constexpr (Bound == bound::not_equal && std::is_signed_v<Stride>)
      if (stride < 0) { // it goes the other way
        distance = std::uint64_t(0) - distance;
        step = std::uint64_t(0) - step;
      }
    if (step == 0) // as the serial loop, it does not end
      count_ = ~std::uint64_t(0);
    else
      count_ = distance / step + (is_inclusive(Bound) || distance % step != 0);
  }

  std::uint64_t count() const { return count_; }
  T begin(std::uint64_t k) const { return at(k * stride_); }
  T end(std::uint64_t k) const {
    if constexpr (is_inclusive(Bound))
      return at((k - 1) * stride_);
    else
      return at(k == count_ ? distance_ : k * stride_);
  }
  T after() const { return at(count_ * stride_); }

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

  /// Leaves in the variable of a loop what the serial loop does: nothing if that is never reached.
  template <std::size_t Level, class T> void finish(T &variable) const {
    for (std::size_t outer = 0; outer != Level; ++outer)
      if (counts_[outer] == 0)
        return;
    variable = after<Level>(loops_);
  }

private:
  template <std::size_t Level, class List> static auto after(const List &loops) {
    if constexpr (Level == 0)
      return loops.first.after();
    else
      return after<Level - 1>(loops.rest);
  }

  template <std::size_t Level> void count_each(const loop_list<> &) {}
  template <std::size_t Level, class First, class... Rest> void count_each(const loop_list<First, Rest...> &loops) {
    counts_[Level] = loops.first.count();
    count_each<Level + 1>(loops.rest);
  }

  template <std::size_t Level, class F>
  static WEAVE_INLINE void with_bounds(const loop_list<> &, const box &, const F &f) {
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

template <class First, class... Rest>
loop_list<First, Rest...> prepend(const First &first, const loop_list<Rest...> &rest) {
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
template <class... Loops> collapsed<Loops...> collapse_list(const loop_list<Loops...> &loops) {
  return collapsed<Loops...>(loops);
}

/// @param inner  functions that make the spaces of the inner loops
template <class Outermost, class... Inner> auto collapse(const Outermost &outermost, const Inner &...inner) {
  return collapse_list(prepend(outermost, enter_loops(outermost.count() != 0, inner...)));
}

/// Leaves in the variable that is declared in front of a loop what the serial loop leaves there.
template <std::size_t Level, class Space, class T> void finish(const Space &space, T &variable) {
  static_assert(Level == 0);
  variable = space.after();
}
template <std::size_t Level, class... Loops, class T> void finish(const collapsed<Loops...> &space, T &variable) {
  space.template finish<Level>(variable);
}

/// Calls the body for iterations [k, end) of a loop: with a begin and an end, and then what else it takes. True if it
/// says that the loop ends in one of them.
template <class Space, class Body, class... More>
WEAVE_INLINE bool run_stretch(const Space &space, std::uint64_t k, std::uint64_t end, const Body &body,
                              More &&...more) {
  if constexpr (std::is_void_v<decltype(body(space.begin(k), space.end(end), more...))>) {
    body(space.begin(k), space.end(end), more...);
    return false;
  } else {
    return body(space.begin(k), space.end(end), more...);
  }
}
template <class... Loops, class Body, class... More>
WEAVE_INLINE bool run_stretch(const collapsed<Loops...> &space, std::uint64_t k, std::uint64_t end, const Body &body,
                              More &&...more) {
  while (k != end) {
    const auto box = space.box_at(k, end);
    space.with_bounds(box, [&](const auto &...bounds) { body(bounds..., more...); });
    k += box.count;
  }
  return false;
}

} // namespace weave::detail
