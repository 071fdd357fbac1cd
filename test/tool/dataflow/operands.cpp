// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// depends_on: graph frames, operands as the user spelled them, what they name captured by reference.
// RUN: %transform | %FileCheck %s

#include <vector>
int work(int);
struct block {
  double d[4];
};

void operands(int n, std::vector<block> &b) {
  int a = 0, c = 0;
  int *p = &a;
  block one;
  // CHECK: ::weave::detail::graph_frame weave_frame_16; WEAVE_TRY { weave_frame_16.spawn_after({::weave::detail::out(a)}, [&a, n] {
#pragma weave spawn depends_on(out : a)
  a = work(n);
  // CHECK: {{^}}weave_frame_16.spawn_after({::weave::detail::in(a), ::weave::detail::out(c)}, [&c, &a] {
#pragma weave spawn depends_on(in : a; out : c)
  c = work(a);
  // CHECK-NEXT: c = work(a); }, WEAVE_SITE({{[^;]*}});
  // CHECK-EMPTY:
  // CHECK-EMPTY:
  // CHECK-NEXT: {{^}}weave_frame_16.spawn_after({::weave::detail::inout(b[n]), ::weave::detail::inout(one.d[2]), ::weave::detail::in(*p)}, [&b, n, p, &one] {
#pragma weave depends_on(inout : b[n], one.d[2])
#pragma weave depends_on(in : *p)
#pragma weave spawn
  {
    b[n].d[0] = *p;
    one.d[2] = 3;
  }
  // A task without operands.
  // CHECK: {{^}}weave_frame_16.spawn([n] {
#pragma weave spawn
  work(n);
  for (int i = 0; i < n; ++i) {
    int local = i;
    // CHECK: {{^}}::weave::detail::graph_frame weave_frame_[[#@LINE+1]](weave_frame_16); WEAVE_TRY { weave_frame_[[#@LINE+1]].spawn_after({::weave::detail::in(c), ::weave::detail::out(local)}, [&local, &c] {
#pragma weave spawn depends_on(in : c), depends_on(out : local)
    local = c;
    // CHECK: weave_frame_[[#@LINE-2]].sync(); weave_frame_16.sync();
#pragma weave sync
  }
}

template <class T> void dependent(T *values, int n) {
  // CHECK: spawn_after({::weave::detail::inout(values[n + 1])}, [values, n] {
#pragma weave spawn depends_on(inout : values[n + 1])
  values[n + 1] = work(n);
}
template void dependent(int *, int);
