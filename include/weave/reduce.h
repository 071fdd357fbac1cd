// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// reduction(op: x) and reduction(f: x): how the pieces of a loop combine what they have, and what each starts from.
#pragma once

#include "detail/config.h"

#include <cstddef>
#include <cstdint>
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

/// The address, whatever the type makes of `&`.
template <class T> void *address_of(T &variable) {
  return const_cast<void *>(static_cast<const volatile void *>(__builtin_addressof(variable)));
}

/// What a reduction names: a variable, or an array of any rank, element by element.
template <class T> struct variable_of {
  using element = std::remove_all_extents_t<T>;
  T &variable;

  void *first() const { return address_of(variable); }
  std::size_t count() const { return sizeof(T) / sizeof(element); }
  /// What the body of the loop has in place of the variable, where one piece accumulates.
  T &view(void *accumulator) const { return *static_cast<T *>(accumulator); }
};

/// Or elements next to each other: `T` is an array, or a pointer to the type of what it counts.
template <class T> struct section_of {
  using counted = std::remove_pointer_t<std::decay_t<T>>;
  using element = std::remove_all_extents_t<counted>;
  T &base;
  std::ptrdiff_t begin;
  std::size_t length;

  void *first() const { return length == 0 ? nullptr : address_of(base[begin]); } // of nothing there may be no array
  std::size_t count() const { return length * (sizeof(counted) / sizeof(element)); }
  /// In it, the elements have the numbers that they have in the whole.
  std::conditional_t<std::is_array_v<T>, T &, counted *> view(void *accumulator) const {
    const std::uintptr_t start = reinterpret_cast<std::uintptr_t>(accumulator) - std::uintptr_t(begin) * sizeof(counted);
    if constexpr (std::is_array_v<T>)
      return *reinterpret_cast<T *>(start);
    else
      return reinterpret_cast<counted *>(start);
  }
};

/// Says that a section has a length below zero, and stops the program.
[[noreturn]] WEAVE_API void stop_at_negative_length(const char *file, int line, const char *operand, long long length);

/// @param operand  as the user wrote it
template <class T, class Integer>
section_of<T> section(T &base, std::ptrdiff_t begin, Integer length, const char *operand,
                      const char *file = __builtin_FILE(), int line = __builtin_LINE()) {
  if constexpr (std::is_signed_v<Integer>)
    if (length < 0)
      stop_at_negative_length(file, line, operand, length);
  return {base, begin, static_cast<std::size_t>(length)};
}

/// What a reduction clause names, combined by an operator.
template <class Op, class Named> struct reduced {
  using element = typename Named::element;
  Named named;

  element identity() const { return Op::template identity<element>(); }
  void combine(element &left, const element &right) const { Op::combine(left, right); }
};
template <class Op, class T> reduced<Op, variable_of<T>> reduction(T &variable) { return {{variable}}; }
template <class Op, class T> reduced<Op, section_of<T>> reduction(const section_of<T> &part) { return {part}; }

/// The same for a class, whose operator `combine` finds where the directive stands.
template <class Op, class Named, class F> struct reduced_class {
  using element = typename Named::element;
  Named named;
  F function;

  element identity() const { return Op::template identity<element>(); }
  void combine(element &left, element &right) const { function(left, right); }
};
template <class Op, class T, class F> reduced_class<Op, variable_of<T>, F> reduction(T &variable, const F &combine) {
  return {{variable}, combine};
}
template <class Op, class T, class F>
reduced_class<Op, section_of<T>, F> reduction(const section_of<T> &part, const F &combine) {
  return {part, combine};
}

/// The same, by any associative function.
template <class F, class Named> struct reduced_by {
  using element = typename Named::element;
  Named named;
  F function;

  element identity() const { return callable::identity<element>(); }
  void combine(element &left, element &right) const { left = function(left, right); }
};
template <class F, class T> reduced_by<F, variable_of<T>> reduction_by(const F &function, T &variable) {
  return {{variable}, function};
}
template <class F, class T> reduced_by<F, section_of<T>> reduction_by(const F &function, const section_of<T> &part) {
  return {part, function};
}

/// A reduction whose pieces start from what `make` returns.
template <class Reduced, class Make> struct reduced_from : Reduced {
  reduced_from(const Reduced &reduced, const Make &make) : Reduced(reduced), make(make) {}

  Make make;

  typename Reduced::element identity() const { return typename Reduced::element(make()); }
};
template <class Reduced, class Make>
reduced_from<Reduced, Make> with_identity(const Reduced &reduced, const Make &make) {
  return {reduced, make};
}

/// What the library must know of the elements that a reduction names, and of how they are combined.
struct reduction_type {
  std::size_t bytes, alignment; ///< Of an element.
  /// Makes accumulators that hold the neutral element.
  void (*make)(const void *clause, void *where, std::size_t count);
  /// What is on the right is not needed afterwards.
  void (*combine)(const void *clause, void *left, void *right, std::size_t count);
  void (*destroy)(void *, std::size_t count) noexcept;
};

template <class T> void destroy_elements(void *where, std::size_t count) noexcept {
  if constexpr (!std::is_trivially_destructible_v<T>)
    while (count != 0)
      static_cast<T *>(where)[--count].~T();
}

/// Elements that are being made, of which making the next may throw.
template <class T> struct made_elements {
  T *const elements;
  std::size_t count = 0;
  bool are_all = false;

  ~made_elements() {
    if (!are_all)
      destroy_elements<T>(elements, count);
  }
};

template <class Reduced, class T> void make_elements(const void *clause, void *where, std::size_t count) {
  const auto &reduced = *static_cast<const Reduced *>(clause);
  if constexpr (std::is_trivially_destructible_v<T>) {
    for (std::size_t i = 0; i != count; ++i)
      ::new (static_cast<void *>(static_cast<T *>(where) + i)) T(reduced.identity());
  } else {
    made_elements<T> made{static_cast<T *>(where)};
    for (; made.count != count; ++made.count)
      ::new (static_cast<void *>(made.elements + made.count)) T(reduced.identity());
    made.are_all = true;
  }
}
template <class Reduced, class T>
void combine_elements(const void *clause, void *left, void *right, std::size_t count) {
  T *__restrict const lefts = static_cast<T *>(left), *__restrict const rights = static_cast<T *>(right);
  for (std::size_t i = 0; i != count; ++i)
    static_cast<const Reduced *>(clause)->combine(lefts[i], rights[i]);
}

template <class Reduced, class T = typename Reduced::element>
inline constexpr reduction_type reduction_type_of = {sizeof(T), alignof(T), &make_elements<Reduced, T>,
                                                     &combine_elements<Reduced, T>, &destroy_elements<T>};

/// What one of a loop's reductions names.
struct reduction_clause {
  const reduction_type *type;
  const void *clause; ///< What made it: one of the above.
  std::size_t count;  ///< Elements.
};

} // namespace weave::detail
