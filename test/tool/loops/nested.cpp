// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Loops in loops, tasks in loops.
// RUN: %transform -Wno-shadow | %FileCheck %s
void beside(); // what runs while a task does
int work(int);

void loops(int n, int *a) {
  // CHECK: ::weave::detail::parallel_for({{.*}}(0, n, 1), [a, n](auto weave_begin, auto weave_end) {
#pragma weave parallel_for
  for (int i = 0; i < n; ++i) {
    // CHECK: ::weave::detail::parallel_for({{.*}}(0, i, 1), [a, n, i](auto weave_begin, auto weave_end) {
#pragma weave parallel_for
    for (int j = 0; j < i; ++j)
      a[n * i + j] = 0;
    // CHECK: a[n * i + j] = 0; });
    // CHECK-NEXT: } });
  }
}

// A loop that runs in parallel is an activation: its tasks are joined in each piece, before the piece's result is taken.
void tasks(int n) {
  int sum = 0;
  // CHECK-LABEL: void tasks
  // CHECK: [](auto weave_begin, auto weave_end, auto &weave_sum) { WEAVE_HIDING(auto sum = weave_sum;) {
  // CHECK-NEXT: for (int i = weave_begin; i < weave_end; ++i) {
  // CHECK-NEXT: ::weave::detail::region([&sum, i](auto &weave_frame_[[#@LINE+5]]) { auto weave_task_[[#@LINE+5]] = weave_frame_[[#@LINE+5]].fork([&sum, i] {
  // CHECK: {{^}}weave_task_[[#@LINE+4]].join(); weave_frame_[[#@LINE+4]].sync();
  // CHECK-NEXT: }); } } weave_sum = sum; }, {{.*}}(sum));
#pragma weave parallel_for reduction(+ : sum)
  for (int i = 0; i < n; ++i) {
#pragma weave spawn
    sum += work(i); beside();
#pragma weave sync
  }
}
