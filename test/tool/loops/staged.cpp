// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// staged: a whole block for each piece, with the loop over its strips in the middle.
// RUN: %transform | %FileCheck %s

#include <mutex>
#include <vector>

void histogram(const std::vector<int> &data, std::vector<long> &total, std::mutex &mutex) {
  // CHECK: ::weave::detail::staged_for(::weave::detail::loop_options().named(WEAVE_SITE({{[^)]*}})), ::weave::detail::iterations<unsigned, ::weave::detail::bound::less, ::weave::detail::direction::up>(0, data.size(), 1), [&data, &mutex, &total](auto &weave_piece) {
  // CHECK-NEXT: {
  // CHECK-NEXT: std::vector<long> mine(256);
  // CHECK-NEXT: while (const auto weave_strip = weave_piece.next()) for (unsigned i = weave_strip->begin(); i < weave_strip->end(); ++i)
  // CHECK: } });
#pragma weave parallel_for staged shared(total)
  {
    std::vector<long> mine(256);
    for (unsigned i = 0; i < data.size(); ++i)
      ++mine[data[i]];
    std::lock_guard<std::mutex> lock(mutex);
    for (int b = 0; b < 256; ++b)
      total[b] += mine[b];
  }
  long sum = 0;
  // CHECK: staged_for(::weave::detail::loop_options().grainsize(8).named(WEAVE_SITE({{[^)]*}})), ::weave::detail::elements(data), [](auto &weave_piece, auto &weave_sum) { WEAVE_HIDING(auto &sum = weave_sum;) {
  // CHECK: while (const auto weave_strip = weave_piece.next()) for (int x : ::weave::detail::stretch(weave_strip->begin(), weave_strip->end()))
  // CHECK: } } }, ::weave::detail::reduction<::weave::detail::plus>(sum));
#pragma weave parallel_for staged reduction(+ : sum) grainsize(8)
  {
    const int weight = 3;
    for (int x : data)
      sum += weight * x;
  }
}
