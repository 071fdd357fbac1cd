// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Stretches that cannot be the body of a closure, or not twice, keep a plain frame.
// RUN: %transform -mavx2 | %FileCheck %s --implicit-check-not=region
void beside(); // what runs while a task does
#include <cstdarg>
int work(int);

int arguments(int n, ...) {
  int y;
  // CHECK: ::weave::detail::frame weave_frame_[[#@LINE+1]]; WEAVE_TRY {
#pragma weave spawn
  y = work(5);
  va_list list;
  va_start(list, n);
  const int v = va_arg(list, int);
  va_end(list);
#pragma weave sync
  return y + v;
}

int one_counter() {
  int y;
  // CHECK: ::weave::detail::frame weave_frame_[[#@LINE+1]]; WEAVE_TRY {
#pragma weave spawn
  y = work(5);
  auto next = [] {
    static int count = 0;
    return ++count;
  };
#pragma weave sync
  return next() + y;
}

__attribute__((target("avx2"))) int own_target(int n) {
  int y;
  // CHECK: ::weave::detail::frame weave_frame_[[#@LINE+1]]; WEAVE_TRY {
#pragma weave spawn
  y = work(5);
  n += work(6);
#pragma weave sync
  return y + n;
}

const char *name() {
  int y;
  // CHECK: ::weave::detail::frame weave_frame_[[#@LINE+1]]; WEAVE_TRY {
#pragma weave spawn
  y = work(5); beside();
#pragma weave sync
  return y ? __func__ : nullptr;
}

// A sync in the block of the spawn makes that block the one where it is joined, but not where a jump enters it.
int choose(int n) {
  int x = 0;
  // CHECK: ::weave::detail::frame weave_frame_[[#@LINE+4]]; WEAVE_TRY { switch (n) {
  switch (n) {
  case 1:
    x = 1;
#pragma weave spawn
    x = work(1); beside();
#pragma weave sync
    break;
  default:
    x = 3;
  }
  return x;
}
