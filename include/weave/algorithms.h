// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// parallel_for, parallel_reduce and parallel_invoke as functions, for code that is not woven. Sorting is in sort.h,
// prefix sums in scan.h.
//
// All of them return when everything is done, throw what a serial run would have thrown first, and may be called
// anywhere, also in tasks and in each other.
#pragma once

#include "detail/pieces.h"

#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace weave {
namespace detail {

template <class First, class Last> auto up_to(const First &first, const Last &last) {
  using variable = std::common_type_t<First, Last>;
  return iterations<variable, bound::less, direction::up>(static_cast<variable>(first), static_cast<variable>(last), 1);
}

/// Calls `f` with each value of the loop's variable.
template <class F> struct with_variable {
  kept<F> f;

  template <class T> void operator()(T begin, T end) const {
    for (; begin != end; ++begin)
      static_cast<void>(f(begin));
  }
};
template <class Space, class F> struct with_number {
  Space all;
  kept<F> f;

  void operator()(std::uint64_t begin, std::uint64_t end) const {
    for (; begin != end; ++begin)
      static_cast<void>(f(all.begin(begin)));
  }
};
template <class F> struct with_element {
  kept<F> f;

  template <class Iterator> void operator()(Iterator begin, Iterator end) const {
    for (; begin != end; ++begin)
      static_cast<void>(f(*begin));
  }
};

/// What a piece of a reduction has so far: nothing, before its first element.
template <class T, class Combine> struct partial_result {
  using element = std::optional<T>;
  variable_of<element> named;
  const Combine &combine_two;

  element identity() const { return {}; }
  void combine(element &left, element &right) const {
    if (!right)
      return;
    if (left)
      left.emplace(combine_two(std::move(*left), std::move(*right)));
    else
      left.emplace(std::move(*right));
  }
};

template <class T, class Map, class Combine, bool OfElements> struct reducing {
  kept<Map> map;
  kept<Combine> combine;

  template <class Variable> void operator()(Variable begin, Variable end, std::optional<T> &so_far) const {
    T result = so_far ? T(std::move(*so_far)) : T(mapped(begin++));
    for (; begin != end; ++begin)
      result = combine(std::move(result), mapped(begin));
    so_far.emplace(std::move(result));
  }

private:
  template <class Variable> decltype(auto) mapped(const Variable &at) const {
    if constexpr (OfElements)
      return map(*at);
    else
      return map(at);
  }
};

template <bool OfElements, class Space, class T, class Map, class Combine>
T reduce_space(const Space &space, T init, const Map &map, const Combine &combine) {
  std::optional<T> result(std::move(init));
  run_pieces(space, reducing<T, Map, Combine, OfElements>{map, combine}, partial_result<T, Combine>{{result}, combine});
  return std::move(*result);
}

} // namespace detail

/// Calls `f(i)` for each `i` from `first` up to, not including, `last`, in any order and in parallel.
///
/// `first` and `last` are integers (of two types: `i` has their common type), pointers or random-access iterators
/// @param f           called on several threads at once; what it returns is dropped
/// Errors: throws what the first call in serial order threw that threw; later calls may have been made by then.
/// Complexity: `last - first` calls; what is run by one worker is one loop, which the compiler may vectorise.
template <class First, class Last, class F> void parallel_for(First first, Last last, const F &f) {
  detail::run_pieces(detail::up_to(first, last), detail::with_variable<F>{f});
}

/// Calls `f(first)`, `f(first + stride)`, ... up to, not including, `last`.
///
/// Errors: std::invalid_argument if the stride is not positive.
template <class T, class F> void parallel_for(T first, T last, T stride, const F &f) {
  static_assert(std::is_integral_v<T>, "a parallel_for with a stride runs over integers");
  if (stride <= 0)
    throw std::invalid_argument("weave::parallel_for: the stride must be positive");
  using space = detail::iterations<T, detail::bound::less, detail::direction::up>;
  const space all(first, last, stride);
  detail::run_pieces(detail::up_to(std::uint64_t(0), all.count()), detail::with_number<space, F>{all, f});
}

/// Calls `f(element)` for each element of a range with random-access iterators.
template <class Range, class F> void parallel_for(Range &&range, const F &f) {
  detail::run_pieces(detail::elements(range), detail::with_element<F>{f});
}

/// `combine(... combine(combine(init, map(first)), map(first + 1)) ..., map(last - 1))`, bracketed anyhow.
///
/// @param combine  associative; it need not be commutative, since what it gets is in order. Both its arguments may be
/// moved from.
/// @param init     comes first, once; it need not be neutral
/// Errors: as parallel_for.
/// Complexity: `last - first` calls of each, and some more of `combine` for each piece.
template <class First, class Last, class T, class Map, class Combine>
T parallel_reduce(First first, Last last, T init, const Map &map, const Combine &combine) {
  return detail::reduce_space<false>(detail::up_to(first, last), std::move(init), map, combine);
}
/// The same over the elements of a range.
template <class Range, class T, class Map, class Combine>
T parallel_reduce(Range &&range, T init, const Map &map, const Combine &combine) {
  return detail::reduce_space<true>(detail::elements(range), std::move(init), map, combine);
}

/// Calls all of them, which may run in parallel.
///
/// Errors: throws what the first of them that threw threw; all have ended by then, but in serial order nothing behind
/// that one need have begun.
template <class F> void parallel_invoke(const F &f) { f(); }
template <class F, class... More> void parallel_invoke(const F &f, const More &...more) {
  detail::fork_join(f, [&more...] { parallel_invoke(more...); });
}

} // namespace weave
