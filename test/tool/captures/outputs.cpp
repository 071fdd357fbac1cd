// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What an earlier task may still be writing is read when the task runs, not copied when it is made. RACES: that is the point.
// RUN: %transform | %FileCheck %s
void beside(); // what runs while a task does
int work(int);

void order(int n) {
  int x = 0, y = 0;
  // CHECK: .spawn([&y, x] {
#pragma weave spawn
  y = work(x);
  // CHECK: .spawn([&x, n] {
#pragma weave spawn
  x = work(n);
  // CHECK: .spawn([&x] {
#pragma weave spawn
  work(x); beside();
#pragma weave sync
  // CHECK: .spawn([x, y] {
#pragma weave spawn
  work(x + y); beside();
}

void branches(int n) {
  int x = 0;
  if (n)
#pragma weave spawn
    x = work(n);
  else {
    // CHECK: .spawn([x] {
#pragma weave spawn
    work(x);
  }
  // CHECK: .spawn([&x] {
#pragma weave spawn
  work(x); beside();
}

void around(int n) {
  int x = 0;
  for (int i = 0; i < n; ++i) {
    // CHECK: .spawn([&x] {
#pragma weave spawn
    work(x);
#pragma weave spawn
    x = work(i);
  }
}
