// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A task is an activation: the tasks in it are joined in it.
// RUN: %transform | %FileCheck %s
void beside(); // what runs while a task does
int work(int);

void block(int n) {
  int a = 1, b = 2;
  // CHECK: {{^}}auto weave_borrow_12 = weave_frame_12.borrow(); auto weave_task_12 = weave_frame_12.fork([a, &b, n] {
  // CHECK-NEXT: {
  // CHECK-NEXT: int c = a;
#pragma weave spawn
  {
    int c = a;
    // CHECK: ::weave::detail::region([&b, &c, n](auto &weave_frame_16) { weave_frame_16.spawn([&b, c] {
#pragma weave spawn
    b = work(c);
    c = 3;
    // CHECK: weave_frame_16.region([&c, n](auto &weave_frame_20) { weave_frame_20.spawn([&c, n] {
#pragma weave spawn
    c = work(n); beside();
    // CHECK-NEXT: c = work(n); }, WEAVE_SITE({{[^;]*}});
    // CHECK-NEXT: }); }); } }, WEAVE_SITE(12, "block"));
  } beside();
  // CHECK-NEXT: }); }
}

// Without braces, the frame stands in the closure.
void loop(int n) {
  // CHECK-LABEL: void loop
  // CHECK-NEXT: {{.*}} auto weave_task_[[#@LINE+4]] = weave_frame_[[#@LINE+4]].fork([n] {
  // CHECK-NEXT: ::weave::detail::frame weave_frame_[[#@LINE+5]]; WEAVE_TRY { for (int i = 0; i < n; ++i)
  // CHECK-NEXT: weave_frame_[[#@LINE+4]].spawn([i] {
  // CHECK-NEXT: work(i); }, WEAVE_SITE({{[^;]*}}); } WEAVE_CATCH(weave_frame_[[#@LINE+3]]) }, WEAVE_SITE([[#@LINE+1]], "loop"));
#pragma weave spawn
  for (int i = 0; i < n; ++i)
#pragma weave spawn
    work(i); beside();
}

// Two directives before one statement.
void stacked(int n, int *a) {
  // CHECK-LABEL: void stacked
  // CHECK-NEXT: {{.*}}.fork([n, a] {
  // CHECK-NEXT: ::weave::detail::parallel_for(
  // CHECK-NEXT: for (int i = weave_begin; i < weave_end; ++i)
  // CHECK-NEXT: a[i] = work(i); }); }, WEAVE_SITE([[#@LINE+1]], "stacked"));
#pragma weave spawn
#pragma weave parallel_for
  for (int i = 0; i < n; ++i)
    a[i] = work(i); beside();
}
