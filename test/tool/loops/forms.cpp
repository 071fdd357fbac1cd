// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Canonical loops over integers: the header moves out, and only the first value and the bound are replaced in it.
// RUN: %transform | %FileCheck %s

#include <algorithm>
#include <cstddef>
#include <vector>
int work(int);

void forms(double *a, std::vector<int> &v, long n, unsigned char c) {
  // CHECK: ::weave::detail::parallel_for(::weave::detail::loop_options(){{([.]weight[(][0-9]+[)])?}}.named(WEAVE_SITE({{[^)]*}})), ::weave::detail::iterations<long, ::weave::detail::bound::less, ::weave::detail::direction::up>(0, n, 1), [a](auto weave_begin, auto weave_end) {
  // CHECK-NEXT: for (long i = weave_begin; i < weave_end; ++i)
  // CHECK-NEXT: a[i] = 0; });
#pragma weave parallel_for
  for (long i = 0; i < n; ++i)
    a[i] = 0;
  // CHECK: iterations<std::size_t, ::weave::detail::bound::not_equal, ::weave::detail::direction::up>(1, v.size(), 1), [&v](
  // CHECK-NEXT: for (std::size_t i(weave_begin); i != weave_end; i++) {
#pragma weave parallel_for
  for (std::size_t i(1); i != v.size(); i++) {
    if (v[i] == 3)
      continue;
    v[i] = work(v[i]);
  }
  // CHECK: iterations<std::decay_t<decltype(n)>, ::weave::detail::bound::greater_equal, ::weave::detail::direction::down>(n, 0, 1)
  // CHECK-NEXT: for (auto i{weave_begin}; weave_end <= i; i--)
#pragma weave parallel_for
  for (auto i{n}; 0 <= i; i--)
    a[i] = 1;
  // CHECK: iterations<unsigned long, ::weave::detail::bound::less_equal, ::weave::detail::direction::up>(c, 100, c), [c, a](
  // CHECK-NEXT: for (unsigned long i = weave_begin; i <= weave_end; i += c)
#pragma weave parallel_for
  for (unsigned long i = c; i <= 100; i += c)
    a[i] = 2;
  // CHECK: iterations<int, ::weave::detail::bound::greater, ::weave::detail::direction::down>(10, 0, 3)
#pragma weave parallel_for
  for (int i = 10; i > 0; i -= 3)
    a[i] = 3;
  // CHECK: direction::down>(10, 0, -(-3))
#pragma weave parallel_for
  for (int i = 10; i > 0; i += -3)
    a[i] = 4;
  // CHECK: iterations<int, ::weave::detail::bound::less, ::weave::detail::direction::up>(work(2) + 1, std::max(4, 5), 3)
  // CHECK-NEXT: for (int i = /* from */ weave_begin
  // CHECK-NEXT: {{^}}; i < weave_end
  // CHECK-NEXT: // to
  // CHECK-NEXT: ; i += 3 /* by */)
#pragma weave parallel_for
  for (int i = /* from */ work(2) +
               1; i < std::max(4,
       5) // to
       ; i += 3 /* by */)
    a[i] = 5;
}

void outside(double *a, unsigned n, int step) {
  int i;
  // CHECK: { const auto weave_space = ::weave::detail::iterations<std::remove_reference_t<decltype(i)>, ::weave::detail::bound::less, ::weave::detail::direction::up>(0, 100, 2); ::weave::detail::parallel_for(::weave::detail::loop_options(){{([.]weight[(][0-9]+[)])?}}.named(WEAVE_SITE({{[^)]*}})), weave_space, [a](auto weave_begin, auto weave_end) { WEAVE_HIDING(std::remove_reference_t<decltype(i)> i;) {
  // CHECK-NEXT: for (i = weave_begin; i < weave_end; i = i + 2)
  // CHECK-NEXT: a[i] = 0; } }); ::weave::detail::finish<0>(weave_space, i); }
#pragma weave parallel_for
  for (i = 0; i < 100; i = i + 2)
    a[i] = 0;
  // CHECK: iterations<unsigned, ::weave::detail::bound::less, ::weave::detail::direction::down>(n - 1, n, 1)
  // CHECK-NEXT: for (unsigned k = weave_begin; k != weave_end; --k)
#pragma weave parallel_for
  for (unsigned k = n - 1; k < n; --k)
    a[k] = 0;
  // CHECK: bound::greater, ::weave::detail::direction::down>(10, 0, -(step))
#pragma weave parallel_for
  for (int k = 10; k > 0; k += step)
    a[k] = 0;
  // CHECK: bound::not_equal, ::weave::detail::direction::up>(10, 0, step)
#pragma weave parallel_for
  for (int k = 10; k != 0; k += step)
    a[k] = 0;
}

template <class T, class Iterator> void dependent(Iterator first, T n) {
  // CHECK: iterations<T, ::weave::detail::bound::less, ::weave::detail::direction::up>(0, n, 1), [&first](
#pragma weave parallel_for
  for (T i = 0; i < n; ++i)
    first[i] = work(i);
  // CHECK: iterations<std::decay_t<decltype(n)>, ::weave::detail::bound::greater,
#pragma weave parallel_for
  for (auto i = n; i > 0; --i)
    first[i] = 0;
}
template void dependent(int *, int);
