// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Reductions of arrays and of sections.
// RUN: %transform | %FileCheck %s

struct pair {
  long a, b;
  friend pair operator+(pair, pair);
};
long larger(long, long);

void arrays(const unsigned char *data, int n, long *p, pair *pairs) {
  long bins[256] = {}, cells[2][3] = {};
  // CHECK: [data](auto weave_begin, auto weave_end, auto &weave_bins, auto &weave_cells) { WEAVE_HIDING(auto &bins = weave_bins;) WEAVE_HIDING(auto &cells = weave_cells;) {
  // CHECK: cells[1][2] += data[i]; } } }, ::weave::detail::reduction<::weave::detail::plus>(bins), ::weave::detail::reduction<::weave::detail::plus>(cells));
#pragma weave parallel_for reduction(+ : bins, cells)
  for (int i = 0; i < n; ++i) {
    ++bins[data[i]];
    cells[1][2] += data[i]; }
  // CHECK: [n, data](auto weave_begin, auto weave_end, auto &weave_p, auto &weave_bins, auto &weave_pairs) { WEAVE_HIDING(const auto p = weave_p;) WEAVE_HIDING(auto &bins = weave_bins;) WEAVE_HIDING(const auto pairs = weave_pairs;) {
  // CHECK: } }, ::weave::detail::reduction<::weave::detail::plus>(::weave::detail::section(p, n - 1, 2 * n, "p[n - 1:2 * n]")), ::weave::detail::reduction_by([&](auto &weave_left, auto &weave_right) { return larger(weave_left, weave_right); }, ::weave::detail::section(bins, 0, 7, "bins[0:7]")), ::weave::detail::reduction<::weave::detail::plus>(::weave::detail::section(pairs, n ? 1 : 0, 3, "pairs[n ? 1 : 0:3]"), [](auto &weave_left, auto &weave_right) { weave_left = weave_left + weave_right; }));
#pragma weave parallel_for reduction(+ : p[n - 1 : 2 * n]) reduction(larger : bins[:7]) reduction(+ : pairs[n ? 1 : 0 : 3])
  for (int i = 0; i < n; ++i)
    p[n - 1 + data[i]] += bins[0] + pairs[0].a;
}

struct holder {
  long bins[4];
  long *p;
  void fill(int n) {
    // CHECK: [](auto weave_begin, auto weave_end, auto &weave_member_bins, auto &weave_member_p) { WEAVE_HIDING(auto &weave_own_bins = weave_member_bins;) WEAVE_HIDING(const auto weave_own_p = weave_member_p;) {
    // CHECK: weave_own_p[i] += ++weave_own_bins[i % 4]; } }, ::weave::detail::reduction<::weave::detail::plus>(bins), ::weave::detail::reduction<::weave::detail::plus>(::weave::detail::section(this->p, 0, n, "this->p[0:n]")));
#pragma weave parallel_for reduction(+ : bins, this->p[0 : n])
    for (int i = 0; i < n; ++i)
      p[i] += ++bins[i % 4];
  }
};
