// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A loop of the block may open a region, if each task of it calls the function that it stands in: in the serial copy nobody asks whether tasks are wanted until that call does.
// RUN: %transform | %FileCheck %s
void beside(); // what runs while a task does
#include <vector>

int work(int);

// CHECK-LABEL: int tree(int n) {
int tree(int n) {
  if (n == 0)
    return 1;
  // CHECK: return ::weave::detail::region([n](auto &weave_frame_[[#@LINE+6]]) -> int { int below[4];
  int below[4];
  int made = 0;
  // CHECK: {{^}}  auto weave_borrow_[[#@LINE+3]] = weave_frame_[[#@LINE+3]].borrow(); for (int i = 0; i < 4; ++i) {
  for (int i = 0; i < 4; ++i) {
    // CHECK: {{^}}weave_frame_[[#@LINE+1]].spawn([&below, i, n] {
#pragma weave spawn
    below[i] = tree(n - 1);
    ++made;
  }
  // CHECK: {{^}}weave_frame_[[#@LINE-4]].sync();
#pragma weave sync
  return below[0] + below[1] + below[2] + below[3] + made;
  // CHECK: {{^}}}); }
}

// Two spawns of one loop share a region; what follows them opens another.
// CHECK-LABEL: int both(int n) {
int both(int n) {
  if (n == 0)
    return 1;
  // CHECK: return ::weave::detail::region([n](auto &weave_frame_[[#@LINE+4]]) -> int { int left[2], right[2], last = 0;
  int left[2], right[2], last = 0;
  for (int i = 0; i < 2; ++i) {
    // CHECK: {{^}}weave_frame_[[#@LINE+1]].spawn([&left, i, n] {
#pragma weave spawn
    left[i] = both(n - 1);
    // CHECK: {{^}}weave_frame_[[#@LINE-2]].spawn([&right, i, n] {
#pragma weave spawn
    right[i] = both(n - 1);
  }
  // CHECK: return weave_frame_[[#@LINE-6]].region([{{.*}}](auto &weave_frame_[[#@LINE+1]]) -> int { weave_frame_[[#@LINE+1]].spawn([&last, n] {
#pragma weave spawn
  last = work(n); beside();
#pragma weave sync
  return left[0] + left[1] + right[0] + right[1] + last;
}

struct node {
  std::vector<node *> children;
  int size = 0;

  // CHECK-LABEL: void count() {
  void count() {
    // CHECK: ::weave::detail::region([this](auto &weave_frame_[[#@LINE+3]]) { for (node *child : children)
    for (node *child : children)
      // CHECK: weave_frame_[[#@LINE+1]].spawn([child] {
#pragma weave spawn
      child->count();
#pragma weave sync
    for (node *child : children)
      size += child->size;
  }
};

// CHECK-LABEL: T pattern(T n) {
template <class T> T pattern(T n) {
  if (n == 0)
    return 1;
  // CHECK: return ::weave::detail::region(
  T below[2];
  for (int i = 0; i < 2; ++i)
#pragma weave spawn
    below[i] = pattern(n - 1);
#pragma weave sync
  return below[0] + below[1];
}
template int pattern(int);

// A producer answers each request at its next spawn.
// CHECK-LABEL: void producer(
void producer(int *results, int n) {
  // CHECK: ::weave::detail::frame weave_frame_[[#@LINE+2]]; WEAVE_TRY { for (int i = 0; i < n; ++i) {
  for (int i = 0; i < n; ++i) {
#pragma weave spawn
    results[i] = work(i);
  }
#pragma weave sync
}

// So does a loop of which only one task calls the function.
// CHECK-LABEL: void mixed(
void mixed(int *results, int n) {
  // CHECK: ::weave::detail::frame weave_frame_
  for (int i = 0; i < n; ++i) {
#pragma weave spawn
    mixed(results, n - 1);
#pragma weave spawn
    results[i] = work(i);
  }
#pragma weave sync
}
