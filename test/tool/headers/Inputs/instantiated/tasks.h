// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Templates whose tasks capture whatever their arguments make of them.
#pragma once

#include <array>
#include <memory>
#include <numeric>
#include <string>
#include <tuple>
#include <utility>

inline void beside() {} // what runs while a task does

inline std::size_t weight(std::size_t x) { return x * 3 + 1; }
inline std::size_t weight(const std::string &x) { return x.size(); }
inline std::size_t weight(const std::unique_ptr<int> &x) { return static_cast<std::size_t>(*x); }
template <class T, std::size_t N> std::size_t weight(const std::array<T, N> &x) { return x.size() + weight(x[0]); }
template <class T, class U> std::size_t weight(const std::pair<T, U> &x) { return weight(x.first) + weight(x.second); }

// By value, by either kind of reference, and as it comes.
template <class T> std::size_t by_value(T x) {
  std::size_t sum;
#pragma weave spawn
  sum = weight(x);
  beside();
#pragma weave sync
  return sum;
}
template <class T> std::size_t by_reference(const T &x) {
  std::size_t sum;
#pragma weave spawn
  sum = weight(x);
  beside();
#pragma weave sync
  return sum;
}
template <class T> std::size_t as_it_comes(T &&x) {
#pragma weave spawn
  auto sum = weight(x);
  beside();
#pragma weave sync
  return sum;
}

// Changed by the task, and declared in it.
template <class T> std::size_t changed(T x) {
  T other = std::move(x);
#pragma weave spawn
  x = std::move(other);
  beside();
#pragma weave sync
  return weight(x);
}

// Packs, bindings and arrays.
template <class... T> std::size_t all(const T &...x) {
  std::size_t sum;
#pragma weave spawn
  sum = (weight(x) + ... + 0);
  beside();
#pragma weave sync
  return sum;
}
template <class T> std::size_t bound(const T &x) {
  std::size_t sum;
  const auto &[first, second] = x;
#pragma weave spawn
  sum = weight(first) * 2 + weight(second);
  beside();
#pragma weave sync
  return sum;
}
template <class T, int N> std::size_t of_array(const T (&x)[N]) {
  std::size_t sums[N];
  for (int i = 0; i < N; ++i) {
#pragma weave spawn
    sums[i] = weight(x[i]);
  }
#pragma weave sync
  return std::accumulate(sums, sums + N, std::size_t{0});
}

// Members, of the class and of a base that only an instantiation knows.
template <class T> struct holder {
  T held;
};
template <class T> struct user : holder<T> {
  std::size_t factor;
  user(T x, std::size_t factor) : holder<T>{std::move(x)}, factor(factor) {}
  std::size_t product() const {
    std::size_t left;
#pragma weave spawn
    left = weight(this->held);
    const std::size_t right = factor;
#pragma weave sync
    return left * right;
  }
};

// In a generic lambda, in an arm that not all have, and with a constant.
template <class T> std::size_t chosen(T x) {
  constexpr std::size_t size = sizeof(T);
  std::size_t sum = 0;
  const auto add = [&](const auto &y) {
    if constexpr (size > 4) {
#pragma weave spawn
      sum = weight(y) + (size > 4);
      beside();
#pragma weave sync
    } else {
      sum = weight(y);
    }
  };
  add(x);
  return sum;
}

// A loop with a reduction over a type that depends.
template <class T> T total(const T *x, int n) {
  T sum{};
#pragma weave parallel_for reduction(+: sum)
  for (int i = 0; i < n; ++i)
    sum += x[i];
  return sum;
}
