// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A jump that would bypass a frame moves it up; one that stays behind it does not matter.
// RUN: %transform | %FileCheck %s

int work(int);

void bypassed(int n) {
  // CHECK-LABEL: void bypassed
  int x;
  // CHECK-NEXT: int x; ::weave::detail::frame weave_frame_14;
  if (n)
    goto skip;
  // CHECK: {{^}}weave_frame_14.spawn([&x, n] {
#pragma weave spawn
  x = work(n);
skip:
#pragma weave sync
  work(1);
  // CHECK-NOT: WEAVE_CATCH
}

void borrows_nothing(int n) {
  // CHECK-LABEL: void borrows_nothing(int n) { ::weave::detail::frame weave_frame_27;
  if (n)
    goto skip;
  // CHECK: {{^}}weave_frame_27.spawn([n] {
#pragma weave spawn
  work(n);
skip:
  work(1);
}

void backwards(int n) {
  int x = 0;
  // CHECK-LABEL: void backwards
  // CHECK: weave_frame_38; WEAVE_TRY { again:
again:
#pragma weave spawn
  x = work(n);
#pragma weave sync
  if (x < n)
    goto again;
  // CHECK: } WEAVE_CATCH(weave_frame_38) }
}

void switches(int n) {
  int x = 0;
  // CHECK-LABEL: void switches
  // CHECK: weave_frame_[[#@LINE+3]]; WEAVE_TRY { switch (n) {
  switch (n) {
  case 1:
#pragma weave spawn
    x = work(1);
    break;
  default:
#pragma weave spawn
    x = work(2);
  }
}

void leaves(int n) {
  // CHECK-LABEL: void leaves
  for (int i = 0; i < n; ++i) {
    int x;
    // CHECK: weave_frame_[[#@LINE+1]]; WEAVE_TRY {
#pragma weave spawn
    x = work(i);
    if (i == 3)
      continue;
    if (i == 4)
      break;
    if (i == 5)
      goto out;
  }
out:
  work(n);
}
