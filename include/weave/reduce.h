// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// reduction(op: x) and reduction(f: x): how the pieces of a loop combine what they have, and what each starts from.
#pragma once

#include <cstddef>
#include <limits>
#include <new>
#include <type_traits>

namespace weave::detail {

struct plus {
  template <class T> static auto identity() -> decltype(T()) { return T(); }
  template <class T> static void combine(T &left, const T &right) { left = left + right; }
};
struct multiplies {
  template <class T> static auto identity() -> decltype(T(1)) { return T(1); }
  template <class T> static void combine(T &left, const T &right) { left = left * right; }
};
struct bit_and {
  template <class T> static auto identity() -> decltype(static_cast<T>(~T())) { return static_cast<T>(~T()); }
  template <class T> static void combine(T &left, const T &right) { left = left & right; }
};
struct bit_or {
  template <class T> static auto identity() -> decltype(T()) { return T(); }
  template <class T> static void combine(T &left, const T &right) { left = left | right; }
};
struct bit_xor {
  template <class T> static auto identity() -> decltype(T()) { return T(); }
  template <class T> static void combine(T &left, const T &right) { left = left ^ right; }
};
struct logical_and {
  template <class T> static auto identity() -> decltype(T(true)) { return T(true); }
  template <class T> static void combine(T &left, const T &right) { left = left && right; }
};
struct logical_or {
  template <class T> static auto identity() -> decltype(T(false)) { return T(false); }
  template <class T> static void combine(T &left, const T &right) { left = left || right; }
};
struct minimum {
  template <class T> static std::enable_if_t<std::numeric_limits<T>::is_specialized, T> identity() {
    using limits = std::numeric_limits<T>;
    return limits::has_infinity ? limits::infinity() : limits::max();
  }
  template <class T> static void combine(T &left, const T &right) {
    if (right < left)
      left = right;
  }
};
struct maximum {
  template <class T> static std::enable_if_t<std::numeric_limits<T>::is_specialized, T> identity() {
    using limits = std::numeric_limits<T>;
    return limits::has_infinity ? static_cast<T>(-limits::infinity()) : limits::lowest();
  }
  template <class T> static void combine(T &left, const T &right) {
    if (left < right)
      left = right;
  }
};

/// Any function.
struct callable {
  template <class T> static auto identity() -> decltype(T{}) { return T{}; }
};

// What the tool asks about the variable of a reduction, in expressions that nobody runs: whether it can be assigned
// what two of its values combine to, whether an operator's neutral element is known, and whether a value can take its
// place.
template <class T> T &result_for(const T &);
template <class Op, class T> auto neutral(const T &) -> decltype(Op::template identity<T>());
template <class T, class V> auto start(const T &, V &&value) -> decltype(T(static_cast<V &&>(value)));

/// One variable of a reduction clause, combined by an operator.
template <class Op, class T> struct reduced {
  using value = T;
  T &variable;

  T identity() const { return Op::template identity<T>(); }
  void combine(T &left, const T &right) const { Op::combine(left, right); }
};
template <class Op, class T> reduced<Op, T> reduction(T &variable) { return {variable}; }

/// The same for a class, whose operator `combine` finds where the directive stands.
template <class Op, class T, class F> struct reduced_class {
  using value = T;
  T &variable;
  F function;

  T identity() const { return Op::template identity<T>(); }
  void combine(T &left, T &right) const { function(left, right); }
};
template <class Op, class T, class F> reduced_class<Op, T, F> reduction(T &variable, const F &combine) {
  return {variable, combine};
}

/// The same, by any associative function.
template <class F, class T> struct reduced_by {
  using value = T;
  T &variable;
  F function;

  T identity() const { return callable::identity<T>(); }
  void combine(T &left, T &right) const { left = function(left, right); }
};
template <class F, class T> reduced_by<F, T> reduction_by(const F &function, T &variable) {
  return {variable, function};
}

/// A reduction whose pieces start from what `make` returns.
template <class Reduced, class Make> struct reduced_from : Reduced {
  reduced_from(const Reduced &reduced, const Make &make) : Reduced(reduced), make(make) {}

  Make make;

  typename Reduced::value identity() const { return typename Reduced::value(make()); }
};
template <class Reduced, class Make>
reduced_from<Reduced, Make> with_identity(const Reduced &reduced, const Make &make) {
  return {reduced, make};
}

/// What the library must know of the type of a reduction's variable, and of how it is combined.
struct reduction_type {
  std::size_t bytes, alignment;
  /// Makes an accumulator that holds the neutral element.
  void (*make)(const void *clause, void *where);
  void (*combine)(const void *clause, void *left, void *right); ///< What is on the right is not needed afterwards.
  void (*destroy)(void *) noexcept;
};

template <class Reduced, class T = typename Reduced::value>
inline constexpr reduction_type reduction_type_of = {
    sizeof(T), alignof(T),
    [](const void *clause, void *where) { ::new (where) T(static_cast<const Reduced *>(clause)->identity()); },
    [](const void *clause, void *left, void *right) {
      static_cast<const Reduced *>(clause)->combine(*static_cast<T *>(left), *static_cast<T *>(right));
    },
    [](void *value) noexcept { static_cast<T *>(value)->~T(); }};

/// One variable of a loop's reductions.
struct reduction_clause {
  const reduction_type *type;
  const void *clause; ///< What made it: one of the above.
};

/// The address, whatever the type makes of `&`.
template <class T> void *address_of(T &variable) { return const_cast<void *>(static_cast<const volatile void *>(__builtin_addressof(variable))); }

} // namespace weave::detail
