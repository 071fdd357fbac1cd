// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A task in an unbraced arm stays one statement, and an else stays with its if.
// RUN: %transform | %FileCheck %s

int work(int);
void change(int &);

void arms(int n, bool c) {
  int r = 0;
  // CHECK: ::weave::detail::frame weave_frame_12; WEAVE_TRY { if (c)
  if (c)
#pragma weave spawn
    r = work(n);
  // CHECK-NEXT: weave_frame_12.spawn([&r, n] {
  // CHECK-NEXT: r = work(n); }, WEAVE_SITE({{[^;]*}});
  // CHECK-NEXT: else if (n)
  else if (n)
#pragma weave spawn
    if (r)
      work(1);
    else
      work(2);
  // CHECK: work(2); }, WEAVE_SITE({{[^;]*}});
  // CHECK-NEXT: else
  else
#pragma weave spawn
    work(3);
}

// A body that gets a frame of its own gets braces.
void loops(int n) {
  for (int i = 0; i < n; ++i)
    if (i % 2)
#pragma weave spawn
      change(i);
    else
      work(i);
  // CHECK-LABEL: void loops
  // CHECK-NEXT: for (int i = 0; i < n; ++i)
  // CHECK-NEXT: { ::weave::detail::frame weave_frame_[[#@LINE-6]]; WEAVE_TRY { if (i % 2)
  // CHECK-NEXT: weave_frame_[[#@LINE-7]].spawn([&i] {
  // CHECK-NEXT: change(i); }, WEAVE_SITE({{[^;]*}});
  // CHECK-NEXT: else
  // CHECK-NEXT: work(i); } WEAVE_CATCH(weave_frame_[[#@LINE-10]]) }
}
