// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The operators of reduction(op: x), each with its neutral element.
#pragma once

#include <limits>

namespace weave::detail {

struct plus {
  template <class T> static T identity() { return T(); }
  template <class T> static void combine(T &left, const T &right) { left = left + right; }
};
struct multiplies {
  template <class T> static T identity() { return T(1); }
  template <class T> static void combine(T &left, const T &right) { left = left * right; }
};
struct bit_and {
  template <class T> static T identity() { return static_cast<T>(~T()); }
  template <class T> static void combine(T &left, const T &right) { left = left & right; }
};
struct bit_or {
  template <class T> static T identity() { return T(); }
  template <class T> static void combine(T &left, const T &right) { left = left | right; }
};
struct bit_xor {
  template <class T> static T identity() { return T(); }
  template <class T> static void combine(T &left, const T &right) { left = left ^ right; }
};
struct logical_and {
  template <class T> static T identity() { return T(true); }
  template <class T> static void combine(T &left, const T &right) { left = left && right; }
};
struct logical_or {
  template <class T> static T identity() { return T(false); }
  template <class T> static void combine(T &left, const T &right) { left = left || right; }
};
struct minimum {
  template <class T> static T identity() {
    using limits = std::numeric_limits<T>;
    static_assert(limits::is_specialized, "reduction(min: x) needs std::numeric_limits for the type of x");
    return limits::has_infinity ? limits::infinity() : limits::max();
  }
  template <class T> static void combine(T &left, const T &right) {
    if (right < left)
      left = right;
  }
};
struct maximum {
  template <class T> static T identity() {
    using limits = std::numeric_limits<T>;
    static_assert(limits::is_specialized, "reduction(max: x) needs std::numeric_limits for the type of x");
    return limits::has_infinity ? static_cast<T>(-limits::infinity()) : limits::lowest();
  }
  template <class T> static void combine(T &left, const T &right) {
    if (left < right)
      left = right;
  }
};

/// One variable of a reduction clause.
template <class Op, class T> struct reduced {
  using op = Op;
  using value = T;
  T &variable;
};

template <class Op, class T> reduced<Op, T> reduction(T &variable) { return {variable}; }

} // namespace weave::detail
