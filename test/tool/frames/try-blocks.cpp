// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A task is joined in the innermost try block or handler that holds its spawn, whatever it borrows.
// RUN: %transform | %FileCheck %s

int work(int);

void branch(int n) {
  int x = 0;
  try {
    work(n);
    // CHECK: {{^}}    ::weave::detail::frame weave_frame_[[#@LINE+2]]; WEAVE_TRY { if (n) {
    if (n) {
#pragma weave spawn
      x = work(n);
    }
    // CHECK: {{^}}  } WEAVE_CATCH(weave_frame_[[#@LINE-3]]) } catch (int e) {
  } catch (int e) {
    // CHECK-NEXT: {{^}}    ::weave::detail::frame weave_frame_[[#@LINE+2]]; WEAVE_TRY { while (--n)
    while (--n)
#pragma weave spawn
      work(n);
    throw;
    // CHECK: {{^}}  } WEAVE_CATCH(weave_frame_[[#@LINE-3]]) }
  }
}

// CHECK: void whole(int n) try {
void whole(int n) try {
  // CHECK-NEXT: {{^}}  ::weave::detail::frame weave_frame_[[#@LINE+2]]; WEAVE_TRY { if (n)
  if (n)
#pragma weave spawn
    work(n);
  // CHECK: {{^}}} WEAVE_CATCH(weave_frame_[[#@LINE-2]]) } catch (...) {
} catch (...) {
}

void scopes(int n) {
  try {
#pragma weave sync_scope
    {
      // CHECK: { ::weave::sync_scope weave_scope_[[#@LINE-2]]; WEAVE_TRY
      // CHECK: {{^}}      ::weave::detail::frame weave_frame_[[#@LINE+2]]; WEAVE_TRY { if (n)
      if (n)
#pragma weave spawn
        work(n);
    }
  } catch (int) {
  }
#pragma weave sync_scope
  {
    try {
      // CHECK: {{^}}      ::weave::detail::frame weave_frame_[[#@LINE+2]]; WEAVE_TRY { if (n)
      if (n)
#pragma weave spawn
        work(n);
      // CHECK: {{^}}    } WEAVE_CATCH(weave_frame_[[#@LINE-2]]) } catch (int) {
    } catch (int) {
    }
  }
}

void graph(int n) {
  int a;
  // CHECK: ::weave::detail::graph_frame weave_frame_[[#@LINE+1]]; WEAVE_TRY {
#pragma weave spawn depends_on(out: a)
  a = n;
  try {
    // CHECK: ::weave::detail::graph_frame weave_frame_[[#@LINE+1]](weave_frame_[[#@LINE-3]]); WEAVE_TRY {
#pragma weave spawn depends_on(inout: a)
    a = work(a);
  } catch (int) {
  }
}

// What a task of an outer frame throws is not for a handler inside.
void outside(int n) {
  int x = 0, y = 0;
#pragma weave spawn
  x = work(n);
  for (int i = 0; i < n; ++i)
    // CHECK: {{^}}    { weave_frame_[[#@LINE-3]].sync(); try {
    try {
      if (n) {
#pragma weave spawn
        y = work(n);
      }
      // CHECK: {{^}}weave_frame_[[#@LINE-3]].sync();{{$}}
#pragma weave sync
      work(x + y);
    } catch (int) {
      // CHECK: {{^}}    } }{{$}}
    }
}

// CHECK-LABEL: void named(
void named(int n) {
  int x = 0;
#pragma weave spawn
  x = work(n);
  try {
    // CHECK: {{^}}  weave_task_[[#@LINE-3]].join(); weave_frame_[[#@LINE-3]].sync(); try {
    // CHECK: {{^}}static_cast<void>(0);{{$}}
#pragma weave sync(x)
    work(x);
  } catch (int) {
  }
}
