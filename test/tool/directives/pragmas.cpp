// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What belongs in front of a statement stands in front of the pragmas of others that mean it, behind the token before them.
// RUN: %transform -Wno-unknown-pragmas | %FileCheck %s
void beside(); // what runs while a task does
int work(int);

void frames(int n, int *a) {
  // CHECK: {{^}}  int *p = a; ::weave::detail::frame weave_frame_13; WEAVE_TRY { // a comment
  int *p = a; // a comment
// CHECK-NEXT: #pragma GCC unroll 4
#pragma GCC unroll 4
  for (int i = 0; i < n; ++i)
#pragma weave spawn
    p[i] = work(i);
  // CHECK: } WEAVE_CATCH(weave_frame_13) }
}

void loops(int n, int *a) {
  // CHECK: {{^}}  if (n) ::weave::detail::parallel_for({{.*}} {
  // CHECK-NEXT: {{^}}#pragma GCC ivdep
  // CHECK: {{^}}#pragma GCC unroll 2
  if (n)
#pragma GCC ivdep
#pragma weave parallel_for
#pragma GCC unroll 2
    for (int i = 0; i < n; ++i)
      a[i] = work(i);
}

void others(int n) {
  // CHECK: void others(int n) {
  // CHECK-NEXT: #pragma GCC diagnostic push
  // CHECK-NEXT: {{^}}::weave::detail::region([n]
#pragma GCC diagnostic push
#pragma weave spawn
  work(n); beside();
#pragma GCC diagnostic pop
}

// A sync is no statement between a pragma and its loop.
void synced(int n, int *a) {
  // CHECK-LABEL: void synced
#pragma weave spawn
  work(n);
  // CHECK: beside(); weave_task_[[#@LINE-2]].join(); weave_frame_[[#@LINE-2]].sync();{{$}}
  // CHECK-NEXT: {{^}}#pragma GCC unroll 4
  beside();
#pragma GCC unroll 4
#pragma weave sync
  for (int i = 0; i < n; ++i)
    a[i] = i;
}
