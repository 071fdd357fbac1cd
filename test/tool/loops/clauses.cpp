// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Clauses of parallel_for other than reductions.
// RUN: %transform | %FileCheck %s

#include <vector>
int work(int);
void use(const std::vector<int> &);

void clauses(int n, std::vector<int> scratch) {
  int last, table[4] = {};
  // CHECK: ::weave::detail::parallel_for(::weave::detail::loop_options().run_if(!(n > 100) ? false : true).named(WEAVE_SITE({{[^)]*}})), ::weave::detail::iterations<{{.*}}>(0, n, 1), [&table](auto weave_begin, auto weave_end) { WEAVE_HIDING({{\[\[}}maybe_unused]] std::remove_reference_t<decltype(last)> last;) {
#pragma weave parallel_for if (n > 100) private(last) shared(table)
  for (int i = 0; i < n; ++i) {
    last = work(i);
    table[last] = i;
  }
  // CHECK-NEXT: for (int i = weave_begin; i < weave_end; ++i) {
  // CHECK: } } });
  // Each piece changes a copy of its own.
  // CHECK: [scratch, &table](auto weave_begin, auto weave_end) { WEAVE_HIDING(auto &weave_scratch = scratch;) { WEAVE_HIDING({{\[\[}}maybe_unused]] auto scratch = weave_scratch;)
#pragma weave parallel_for firstprivate(scratch) label("fill") default(none) shared(table)
  for (int i = 0; i < 3; ++i) {
    scratch[0] = i;
    use(scratch);
    table[i] = 1;
  }
  // CHECK: } } });
  long sum = 0;
  // CHECK: parallel_reduce(::weave::detail::loop_options().run_if(!(n) ? false : true).named(WEAVE_SITE({{[^)]*}})), {{.*}} [](auto weave_begin, auto weave_end, auto &weave_sum) { WEAVE_HIDING(auto sum = weave_sum;) WEAVE_HIDING({{\[\[}}maybe_unused]] std::remove_reference_t<decltype(last)> last;) {
#pragma weave parallel_for reduction(+ : sum) private(last) if (n)
  for (int i = 0; i < 3; ++i) {
    last = work(i);
    sum += last;
  }
  // CHECK: } } weave_sum = sum; }, ::weave::detail::reduction<::weave::detail::plus>(sum));
}
