// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A sync names the frames of its activation that it is in the scope of, innermost first. RACES: only its text matters.
// RUN: %transform -Wno-implicit-fallthrough | %FileCheck %s
void beside(); // what runs while a task does
int work(int);

void nothing() {
  // CHECK-LABEL: void nothing
  // CHECK-NEXT: {{^}}static_cast<void>(0);{{$}}
#pragma weave sync
}

void scopes(int n) {
  int a;
#pragma weave spawn
  a = work(n);
  if (n) {
    int b;
#pragma weave spawn
    b = work(a); beside();
    // CHECK: weave_frame_19.sync(); weave_frame_15.sync();
#pragma weave sync
    a = b;
  }
  // CHECK: {{^}}weave_frame_15.sync();
#pragma weave sync
}

// The frame of a task outside is none of ours.
void activation(int n) {
#pragma weave spawn
  {
    // CHECK: {{^}}static_cast<void>(0);{{$}}
#pragma weave sync
    work(n);
  }
  auto inner = [n] {
    // CHECK: {{^}}static_cast<void>(0);{{$}}
#pragma weave sync
    return n;
  };
  inner();
  // CHECK: {{^}}weave_task_31.join(); weave_frame_31.sync();
#pragma weave sync
}

void in_a_loop(int n) {
  for (int i = 0; i < n; ++i) {
    // CHECK: {{^}}weave_frame_[[#@LINE+2]].sync();
#pragma weave sync
#pragma weave spawn
    work(i);
  }
}

void labelled(int n) {
  switch (n) {
  case 1:
#pragma weave sync // CHECK: {{^}}static_cast<void>(0);{{$}}
  default:
    break;
  }
}
