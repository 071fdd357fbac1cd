// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Loops over pointers, iterators and ranges.
// RUN: %transform | %FileCheck %s
// RUN: %weavec --emit %s -o %t.20.cpp -- -std=c++20 -DINIT && %FileCheck --check-prefix=INIT %s < %t.20.cpp
// RUN: %clangxx -std=c++20 %woven -fsyntax-only -DINIT %t.20.cpp
// RUN: %gxx -std=c++20 %woven -fsyntax-only -DINIT %t.20.cpp

#include <utility>
#include <vector>

void iterators(int *p, std::vector<int> &v) {
  // CHECK: iterations<const int *, ::weave::detail::bound::less, ::weave::detail::direction::up>(p, p + 9, 2), [&v](
  // CHECK-NEXT: for (const int *i = weave_begin; i < weave_end; i += 2)
#pragma weave parallel_for
  for (const int *i = p; i < p + 9; i += 2)
    v[*i] = 0;
  // CHECK: iterations<std::decay_t<decltype(v.begin())>, ::weave::detail::bound::not_equal, ::weave::detail::direction::up>(v.begin(), v.end(), 1), [](
  // CHECK-NEXT: for (auto i = weave_begin; i != weave_end; ++i)
#pragma weave parallel_for
  for (auto i = v.begin(); i != v.end(); ++i)
    *i = 0;
  // CHECK: iterations<std::vector<int>::const_iterator, ::weave::detail::bound::greater, ::weave::detail::direction::down>(v.cend() - 1, v.begin(), 3), [p](
  // CHECK-NEXT: for (std::vector<int>::const_iterator i(weave_begin); i > weave_end; i -= 3)
#pragma weave parallel_for
  for (std::vector<int>::const_iterator i(v.cend() - 1); i > v.begin(); i -= 3)
    p[*i] = 0;
}

std::vector<std::pair<int, int>> pairs();

void ranges(std::vector<int> &v, int (&table)[8]) {
  // CHECK: ::weave::detail::parallel_for(::weave::detail::loop_options(){{([.]weight[(][0-9]+[)])?}}.named(WEAVE_SITE({{[^)]*}})), ::weave::detail::elements(v), [](auto weave_begin, auto weave_end) {
  // CHECK-NEXT: for (int &x : ::weave::detail::stretch(weave_begin, weave_end))
  // CHECK-NEXT: x = 1; });
#pragma weave parallel_for
  for (int &x : v)
    x = 1;
  // CHECK: parallel_for(::weave::detail::loop_options(){{([.]weight[(][0-9]+[)])?}}.named(WEAVE_SITE({{[^)]*}})), ::weave::detail::elements(pairs()), [&v](
  // CHECK-NEXT: for (const auto &[a, b] : ::weave::detail::stretch(weave_begin, weave_end)) {
#pragma weave parallel_for
  for (const auto &[a, b] : pairs()) {
    if (a)
      continue;
    v[a] = b;
  }
  // CHECK: parallel_for(::weave::detail::loop_options(){{([.]weight[(][0-9]+[)])?}}.named(WEAVE_SITE({{[^)]*}})), ::weave::detail::collapse(::weave::detail::elements(v), [&] { return ::weave::detail::elements(table); }), [](auto weave_begin, auto weave_end, auto weave_begin_2, auto weave_end_2) {
  // CHECK-NEXT: for (auto &&x : ::weave::detail::stretch(weave_begin, weave_end))
  // CHECK-NEXT: for (int y : ::weave::detail::stretch(weave_begin_2, weave_end_2))
#pragma weave parallel_for collapse(2)
  for (auto &&x : v)
    for (int y : table)
      x += y;
}

#ifdef INIT
void init(int n) {
  // INIT: { auto made = pairs(); ::weave::detail::parallel_for(::weave::detail::elements(made), [&made, n](auto weave_begin, auto weave_end) {
  // INIT-NEXT: for ( auto &each : ::weave::detail::stretch(weave_begin, weave_end))
  // INIT-NEXT: each.first = n + made.size(); }); }
#pragma weave parallel_for
  for (auto made = pairs(); auto &each : made)
    each.first = n + made.size();
}
#endif

template <class Range> void dependent(Range &range) {
  // CHECK: elements(range), [](
#pragma weave parallel_for
  for (auto &x : range)
    x += 1;
  // CHECK: iterations<std::decay_t<decltype(range.begin())>,
#pragma weave parallel_for
  for (auto i = range.begin(); i != range.end(); ++i)
    *i += 1;
}
template void dependent(std::vector<int> &);
