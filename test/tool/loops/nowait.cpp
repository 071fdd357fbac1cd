// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// nowait: the loop is a task of the function.
// RUN: %transform | %FileCheck %s
// RUN: %weavec --check %s -- -std=c++17 -Rweave 2>&1 | %FileCheck --check-prefix=REMARK %s

#include <vector>
int work(int);
int larger(int, int);

long waits(std::vector<int> &v, int n) {
  long sum = 0;
  // CHECK: weave_frame_[[#@LINE+6]].spawn([&v, &sum, n] { ::weave::detail::parallel_reduce(::weave::detail::loop_options().grainsize(n){{.*}}, ::weave::detail::iterations<{{.*}}>(0, v.size(), 1), [&v](auto weave_begin, auto weave_end, auto &weave_sum) { WEAVE_HIDING(auto sum = weave_sum;) {
  // CHECK-NEXT: for (unsigned i = weave_begin; i < weave_end; ++i)
  // CHECK-NEXT: sum += v[i]; } weave_sum = sum; }, ::weave::detail::reduction<::weave::detail::plus>(sum)); }, WEAVE_SITE({{[^;]*}});
  // CHECK-NEXT: {{^}}weave_frame_[[#@LINE+3]].sync();
  // REMARK: :[[#@LINE+2]]:{{.*}} remark: the parallel loop captures 'n' by copy; 'v', 'sum' by reference
  // REMARK: :[[#@LINE+4]]:{{.*}} note: this 'sync' waits for the task
#pragma weave parallel_for nowait reduction(+ : sum) grainsize(n)
  for (unsigned i = 0; i < v.size(); ++i)
    sum += v[i];
#pragma weave sync
  return sum;
}

// What a loop borrows decides where it is waited for. Its condition is looked at once.
void joins(int n) {
  int most = 0;
  for (int round = 0; round < n; ++round) {
    int table[10] = {}, start = round;
    // CHECK: { WEAVE_HIDING(const bool weave_if = !(n > round) ? false : true;) ::weave::detail::when(weave_if, weave_frame_[[#@LINE+2]]).spawn([weave_if, &table, start] { ::weave::detail::parallel_for(::weave::detail::loop_options().run_if(weave_if){{.*}}, {{.*}}, [&table, start](auto weave_begin, auto weave_end) { WEAVE_HIDING(auto &weave_start = start;) { WEAVE_HIDING({{\[\[}}maybe_unused]] auto start = weave_start;)
    // CHECK: } }); }, WEAVE_SITE({{[^;]*}}); }
#pragma weave parallel_for nowait if (n > round) firstprivate(start)
    for (int i = 0; i < 10; ++i)
      table[i] = start++;
#pragma weave sync
    work(table[0]);
  }
  // CHECK: .spawn([n, &most] { ::weave::detail::parallel_reduce(
  // CHECK: ::weave::detail::reduction_by([&](auto &weave_left, auto &weave_right) { return larger(weave_left, weave_right); }, most)); }, WEAVE_SITE({{[^;]*}});
#pragma weave parallel_for nowait reduction(larger : most)
  for (int i = 0; i < n; ++i)
    most = larger(most, work(i));
  // CHECK: {{^}}weave_frame_{{[0-9]+}}.sync();
#pragma weave sync(most)
  work(most);
}
