// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Reductions: a local accumulator for each piece.
// RUN: %transform | %FileCheck %s

#include <string>

double total;
int larger(int, int);
namespace ops {
template <class T> T concatenated(const T &, const T &);
}

void reductions(const double *a, int n) {
  double sum = 0, product = 1, low = a[0], high = a[0];
  unsigned bits = 0, mask = ~0u, odd = 0;
  bool all = true, any = false;
  // CHECK: ::weave::detail::parallel_reduce(::weave::detail::loop_options(){{([.]weight[(][0-9]+[)])?}}.named(WEAVE_SITE({{[^)]*}})), ::weave::detail::iterations<int, {{.*}}>(0, n, 1), [a](auto weave_begin, auto weave_end, auto &weave_sum) { WEAVE_HIDING(auto sum = weave_sum;) {
  // CHECK-NEXT: for (int i = weave_begin; i < weave_end; ++i)
  // CHECK-NEXT: sum += a[i]; } weave_sum = sum; }, ::weave::detail::reduction<::weave::detail::plus>(sum));
#pragma weave parallel_for reduction(+ : sum)
  for (int i = 0; i < n; ++i)
    sum += a[i];
  // CHECK: [a](auto weave_begin, auto weave_end, auto &weave_product, auto &weave_low, auto &weave_high) { WEAVE_HIDING(auto product = weave_product;) WEAVE_HIDING(auto low = weave_low;) WEAVE_HIDING(auto high = weave_high;) {
  // CHECK: } weave_product = product; weave_low = low; weave_high = high; }, ::weave::detail::reduction<::weave::detail::multiplies>(product), ::weave::detail::reduction<::weave::detail::minimum>(low), ::weave::detail::reduction<::weave::detail::maximum>(high));
#pragma weave parallel_for reduction(* : product) reduction(min : low), reduction(max : high)
  for (int i = 0; i < n; ++i) {
    product *= a[i];
    low = a[i] < low ? a[i] : low;
    high = a[i] > high ? a[i] : high;
  }
  // CHECK: reduction<::weave::detail::bit_or>(bits), ::weave::detail::reduction<::weave::detail::bit_and>(mask), ::weave::detail::reduction<::weave::detail::bit_xor>(odd), ::weave::detail::reduction<::weave::detail::logical_and>(all), ::weave::detail::reduction<::weave::detail::logical_or>(any)
#pragma weave parallel_for reduction(| : bits) reduction(& : mask) reduction(^ : odd) reduction(&& : all) reduction(|| : any)
  for (int i = 0; i < n; ++i) {
    bits |= i;
    mask &= i;
    odd ^= i;
    all = all && a[i] > 0;
    any = any || a[i] < 0;
  }
  // CHECK: [a](auto weave_begin, auto weave_end, auto &weave_total, auto &weave_sum)
#pragma weave parallel_for reduction(+ : total, sum)
  for (int i = 0; i < n; ++i)
    total += a[i], sum += 1;
}

void callables(const int *a, int n, int start) {
  int most = 0, least = 0;
  long sum = 0;
  const auto smaller = [](int x, int y) { return x < y ? x : y; };
  // CHECK-LABEL: void callables
  // CHECK: ::weave::detail::with_identity(::weave::detail::reduction_by([&](auto &weave_left, auto &weave_right) { return larger(weave_left, weave_right); }, most), [&] { return -start; }), ::weave::detail::reduction_by([&](auto &weave_left, auto &weave_right) { return smaller(weave_left, weave_right); }, least));
#pragma weave parallel_for reduction(larger : most) identity(-start) reduction(smaller : least)
  for (int i = 0; i < n; ++i) {
    most = larger(most, a[i]);
    least = smaller(least, a[i]);
  }
  // CHECK: ::weave::detail::reproducible_reduce(::weave::detail::loop_options(){{([.]weight[(][0-9]+[)])?}}.named(WEAVE_SITE({{[^)]*}})), ::weave::detail::iterations<
  // CHECK: ::weave::detail::with_identity(::weave::detail::reduction<::weave::detail::plus>(sum), [&] { return 0; }));
#pragma weave parallel_for reproducible reduction(+ : sum) identity(0)
  for (int i = 0; i < n; ++i)
    sum += a[i];
  // CHECK: { return [](long x, long y) { return x + y; }(weave_left, weave_right); }, sum), ::weave::detail::reduction_by({{.*}} { return ops::concatenated<int>(weave_left, weave_right); }, most)
#pragma weave parallel_for reduction([](long x, long y) { return x + y; } : sum) reduction(ops::concatenated<int> : most)
  for (int i = 0; i < n; ++i) {
    sum += a[i];
    most = ops::concatenated(most, a[i]);
  }
}

struct sums {
  long total = 0;
  sums *other = nullptr;
  void members(const int *a, int n, sums &more) {
    std::string text;
    // CHECK-LABEL: void members
    // CHECK: [a](auto weave_begin, auto weave_end, auto &weave_member_total, auto &weave_member_more_total, auto &weave_text) { WEAVE_HIDING(auto weave_own_total = weave_member_total;) WEAVE_HIDING(auto weave_own_more_total = weave_member_more_total;) WEAVE_HIDING(auto &text = weave_text;) {
    // CHECK: weave_own_total += weave_own_more_total -= a[i];
    // CHECK-NEXT: weave_own_total += 1; text += 'x';
    // CHECK-NEXT: } } weave_member_total = weave_own_total; weave_member_more_total = weave_own_more_total; }, ::weave::detail::reduction<::weave::detail::plus>(total), ::weave::detail::reduction<::weave::detail::plus>(more.total), ::weave::detail::reduction<::weave::detail::plus>(text, [](auto &weave_left, auto &weave_right) { weave_left = weave_left + weave_right; }));
#pragma weave parallel_for reduction(+ : total, more.total, text)
    for (int i = 0; i < n; ++i) {
      total += more.total -= a[i];
      this->total += 1; text += 'x';
    }
  }
};
