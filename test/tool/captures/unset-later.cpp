// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the function sets while the task may be running is copied, whatever it holds: a reference would see the change.
// RUN: %weavec --emit %s -o - -- -std=c++17 | %FileCheck %s

int work(int);

void later(int n) {
  int last;
  for (int i = 0; i < n; ++i) {
    // CHECK: .spawn([i, last] {
#pragma weave spawn
    if (i > 0)
      work(last);
    last = work(i);
  }
}
