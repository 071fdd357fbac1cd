// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A spawn that stands directly in its join block opens a region: the rest of the block is written once and instantiated
// twice.
// RUN: %transform | %FileCheck %s
void beside(); // what runs while a task does
int work(int);
template <class T> T pass(T value);

// The declarations that the task borrows from move into the region, so that nothing outside it is borrowed.
int tail(int n) {
  const int before = work(n);
  // CHECK: return ::weave::detail::region([n, before](auto &weave_frame_[[#@LINE+3]]) -> int { int x, y;
  int x, y;
  // CHECK: {{^}}auto weave_borrow_[[#@LINE+1]] = weave_frame_[[#@LINE+1]].borrow(); auto weave_task_[[#@LINE+1]] = weave_frame_[[#@LINE+1]].fork([&x, n] {
#pragma weave spawn
  x = work(n);
  y = work(before);
  // CHECK: {{^}}weave_task_[[#@LINE-3]].join(); weave_frame_[[#@LINE-3]].sync();
#pragma weave sync
  // CHECK: return x + y;
  // CHECK-NEXT: {{^}}}); }
  return x + y;
}

// The second region asks anew if the first runs in place; its sync is its own.
int twice(int n) {
  // CHECK: return ::weave::detail::region([n](auto &weave_frame_[[#@LINE+2]]) -> int { int a = 0, b = 0;
  int a = 0, b = 0;
#pragma weave spawn
  a = work(n);
  // CHECK: return weave_frame_[[#@LINE-2]].region([&b, n, &a](auto &weave_frame_[[#@LINE+1]]) -> int { weave_frame_[[#@LINE+1]].spawn([&b, n] {
#pragma weave spawn
  b = work(n + 1); beside();
  // CHECK: {{^}}weave_frame_[[#@LINE-2]].sync();
#pragma weave sync
  return a - b;
  // CHECK: {{^}}}); }); }
}

// A block that a sync ends joins its own tasks, so that each arm has its region; without a jump it needs no value.
void arms(int n) {
  if (n > 1) {
    // CHECK: {{^}}::weave::detail::region([n](auto &weave_frame_[[#@LINE+1]]) { auto weave_task_[[#@LINE+1]] = weave_frame_[[#@LINE+1]].fork([n] {
#pragma weave spawn
    work(n);
    work(n - 1);
#pragma weave sync
  } else {
    work(n);
  }
}

// The type is spelled as the function spells it, and found where the function finds it.
struct outer {
  struct inner {
    int value;
  };
  inner make(int n);
};
outer::inner outer::make(int n) {
  inner made;
  // CHECK: return ::weave::detail::region([n, &made](auto &weave_frame_[[#@LINE+1]]) -> outer::inner { auto weave_task_[[#@LINE+1]] = weave_frame_[[#@LINE+1]].fork([n] {
#pragma weave spawn
  work(n);
  made.value = work(n + 1);
  return made;
}
#define REAL double
#define OF(TYPE) TYPE
REAL named_by_macro(int n) {
  // CHECK: return ::weave::detail::region([n](auto &weave_frame_[[#@LINE+1]]) -> REAL { auto weave_task_[[#@LINE+1]] = weave_frame_[[#@LINE+1]].fork([n] {
#pragma weave spawn
  work(n);
  return n;
}
OF(long long) in_macro(int n) {
  // CHECK: return ::weave::detail::region([n](auto &weave_frame_[[#@LINE+1]]) -> long long { auto weave_task_[[#@LINE+1]] = weave_frame_[[#@LINE+1]].fork([n] {
#pragma weave spawn
  work(n);
  return n;
}

template <class T> auto dependent(T value) -> T {
  // CHECK: return ::weave::detail::region([&value](auto &weave_frame_[[#@LINE+1]]) -> T { auto weave_task_[[#@LINE+1]] = weave_frame_[[#@LINE+1]].fork(
#pragma weave spawn
  pass(value);
  return pass(value);
}
template int dependent(int);

// From here on there are none.
// CHECK-NOT: region(
// A jump out of the block that is not a return of the whole function.
void jumps(int n) {
  for (int i = 0; i < n; ++i) {
#pragma weave spawn
    work(i);
    if (work(i + 1))
      break;
#pragma weave sync
  }
}
void loops(int n) {
  for (int i = 0; i < n; ++i)
#pragma weave spawn
    work(i);
}
// The spelling of a type has no place for its qualifier.
const int &qualified(const int &n) {
#pragma weave spawn
  work(n);
  return n;
}
// The type's text stands around the name, has something else in its middle, or means something else in the body.
static int numbers[3];
int (&around_the_name(int n))[3] {
#pragma weave spawn
  work(n);
  return numbers;
}
unsigned inline long in_the_middle(int n) {
#pragma weave spawn
  work(n);
  return n > 0;
}
struct state {
  int v;
};
state hidden_by_parameter(const state &state) {
#pragma weave spawn
  work(state.v);
  return {1};
}
state hidden_by_variable(int n) {
  state state{n};
#pragma weave spawn
  work(n);
  return state;
}
// Of a macro there is no part that could be written again.
#define INLINE inline long
INLINE part_of_macro(int n) {
#pragma weave spawn
  work(n);
  return n;
}
auto deduced(int n) {
#pragma weave spawn
  work(n);
  return n;
}
// What must not exist twice.
int counter(int n) {
#pragma weave spawn
  work(n);
  static int calls = 0;
  return ++calls;
}
const char *name(int n) {
#pragma weave spawn
  work(n);
  return __func__;
}
int label(int n) {
#pragma weave spawn
  work(n);
again:
  if (work(n))
    goto again;
  return n;
}
template <class... T> void pack(T... values) {
#pragma weave spawn
  work((values + ... + 0));
  work(1);
}
template void pack(int);
int main() {
#pragma weave spawn
  work(1);
  return 0;
}
