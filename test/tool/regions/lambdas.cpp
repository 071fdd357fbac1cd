// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A lambda whose type others may see would have two types in a region, and a template that gets it two of each static variable. One that is only called may stand there.
// RUN: %transform -Wno-unused-but-set-variable | %FileCheck %s
void beside(); // what runs while a task does
static int work(int n) { return n; }
template <class F> int pass(F f) { static int k = 0; return f() + ++k; }
// CHECK: called(int n) {
int called(int n) {
  int x;
  // CHECK: weave_frame_[[#@LINE+1]].fork(
#pragma weave spawn
  x = work(n);
  const auto twice = [&](int k) { return 2 * k + n; };
  const int y = twice(3) + [] { return 1; }();
#pragma weave sync
  return x + y;
}
// CHECK: passed(int n) {
int passed(int n) {
  int x;
  // CHECK: frame weave_frame_[[#@LINE+1]]; WEAVE_TRY
#pragma weave spawn
  x = work(n);
  const int y = pass([] { return 1; });
#pragma weave sync
  return x + y;
}
// CHECK: named(int n) {
int named(int n) {
  int x;
  // CHECK: frame weave_frame_[[#@LINE+1]]; WEAVE_TRY
#pragma weave spawn
  x = work(n);
  const auto one = [] { return 1; };
  const int y = pass(one);
#pragma weave sync
  return x + y;
}
// CHECK: outside(int n) {
int outside(int n) {
  int x;
  const auto one = [] { return 1; };
  // CHECK: frame weave_frame_[[#@LINE+1]]; WEAVE_TRY
#pragma weave spawn
  x = work(n);
  const int y = pass(one);
#pragma weave sync
  return x + y;
}
// CHECK: in_task(int n) {
int in_task(int n) {
  int x;
  // CHECK: frame weave_frame_[[#@LINE+1]]; WEAVE_TRY
#pragma weave spawn
  x = pass([&] { return n; }); beside();
#pragma weave sync
  return x;
}
// CHECK: dependent(T n) {
template <class T> T dependent(T n) {
  T x;
  // CHECK: weave_frame_[[#@LINE+1]].fork(
#pragma weave spawn
  x = work(n);
  const auto f = [&](auto k) { return k + n; };
  const T y = f(2) + [&] { return n; }();
#pragma weave sync
  return x + y;
}
// CHECK: dependent2(T n) {
template <class T> T dependent2(T n) {
  T x;
  // CHECK: frame weave_frame_[[#@LINE+1]]; WEAVE_TRY
#pragma weave spawn
  x = work(n);
  const auto f = [&](auto k) { return k + n; };
  T y = pass(f);
#pragma weave sync
  return x + y;
}
// CHECK: type(int n) {
int type(int n) {
  int x;
  // CHECK: frame weave_frame_[[#@LINE+1]]; WEAVE_TRY
#pragma weave spawn
  x = work(n);
  const auto f = [&](int k) { return k + n; };
  int y = sizeof(decltype(f)) > 0;
#pragma weave sync
  return x + y;
}
