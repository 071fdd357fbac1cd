// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The one spawn of a region may be a direct task: what stands for it is a variable, which each sync waits for first.
// RUN: %transform | %FileCheck %s
void beside(); // what runs while a task does
void work(int);
int value(int);

// CHECK-LABEL: void ends(
void ends(int n) {
  // CHECK: { auto weave_task_[[#@LINE+1]] = weave_frame_[[#@LINE+1]].fork([n] {
#pragma weave spawn
  work(n);
  work(n + 1);
  // CHECK: {{^}}weave_task_[[#@LINE-3]].join(); }); }
}

// CHECK-LABEL: void syncs_twice(
void syncs_twice(int n) {
  // CHECK: { auto weave_task_[[#@LINE+1]] = weave_frame_[[#@LINE+1]].fork([n] {
#pragma weave spawn
  work(n);
  // CHECK: {{^}}weave_task_[[#@LINE-2]].join(); weave_frame_[[#@LINE-2]].sync();
  if (n > 3) {
#pragma weave sync
    work(4);
  }
  // CHECK: {{^}}weave_task_[[#@LINE-7]].join(); weave_frame_[[#@LINE-7]].sync();
#pragma weave sync
  // CHECK-NEXT: {{^}}}); }
}

// CHECK-LABEL: int returns_before_it_syncs(
int returns_before_it_syncs(int n) {
  // CHECK: int x = 0;
  int x = 0;
  // CHECK: auto weave_task_[[#@LINE+1]] = weave_frame_[[#@LINE+1]].fork([&x, n] {
#pragma weave spawn
  x = value(n);
  return n;
  // CHECK: {{^}}}); }
}

// Of two, the frame's list keeps the order of what they throw.
// CHECK-LABEL: void two(
void two(int n) {
  // CHECK: weave_frame_[[#@LINE+1]].spawn([n] {
#pragma weave spawn
  work(n);
  // CHECK: weave_frame_[[#@LINE+1]].spawn([n] {
#pragma weave spawn
  work(n + 1); beside();
  // CHECK: {{^}}weave_frame_{{[0-9]+}}.sync();
#pragma weave sync
}

// CHECK-LABEL: void many(
void many(int n) {
  for (int i = 0; i < n; ++i) {
    // CHECK: weave_frame_[[#@LINE+1]].spawn([n] {
#pragma weave spawn
    many(n - 1);
  }
}

// CHECK-LABEL: void on_a_condition(
void on_a_condition(int n) {
  // CHECK: when(!(n > 5) ? false : true, weave_frame_[[#@LINE+1]]).spawn([n] {
#pragma weave spawn if(n > 5)
  work(n);
}

// CHECK-LABEL: void with_a_name(
void with_a_name(int n) {
  weave::handle h;
  // CHECK: weave_frame_[[#@LINE+1]].spawn(h, [n] {
#pragma weave spawn handle(h)
  work(n);
}

// The task would be joined in another scope than it was made in.
// CHECK-LABEL: void joined_in_a_scope(
void joined_in_a_scope(int n) {
  // CHECK: weave_frame_[[#@LINE+1]].spawn([n] {
#pragma weave spawn
  work(n);
#pragma weave sync_scope
  {
#pragma weave sync
    work(n + 1);
  }
}

// A direct task does not take the exception along that is being handled.
// CHECK-LABEL: void in_a_handler(
void in_a_handler(int n) {
  try {
    work(n);
  } catch (...) {
    // CHECK: weave_frame_[[#@LINE+1]].spawn([n] {
#pragma weave spawn
    work(n);
    work(n + 1);
  }
}
