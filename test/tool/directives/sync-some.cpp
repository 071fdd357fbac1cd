// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// sync of named variables, sync_scope, load_balance.
// RUN: %transform | %FileCheck %s

int work(int);

// Tasks that different syncs wait for have different frames.
int named(int n) {
  int x = 0, y = 0;
  for (int i = 0; i < n; ++i) {
    // CHECK: ::weave::detail::frame weave_frame_13; WEAVE_TRY { ::weave::detail::frame weave_frame_16; WEAVE_TRY { for (
    // CHECK: {{^}}weave_frame_13.spawn([&x, i] {
#pragma weave spawn
    x = work(i);
    // CHECK: {{^}}weave_frame_16.spawn([&y, i] {
#pragma weave spawn
    y = work(i);
    // CHECK: {{^}}weave_frame_13.sync();
#pragma weave sync(x)
    n += x;
  }
  // CHECK: {{^}}weave_frame_16.sync(); weave_frame_13.sync();
#pragma weave sync
  return n + y;
  // CHECK: } WEAVE_CATCH(weave_frame_16) } WEAVE_CATCH(weave_frame_13) }
}

void scope(int n) {
  int x = 0;
  // CHECK: {{^}}void scope
  // CHECK: {{^}}{ ::weave::sync_scope weave_scope_[[#SCOPE:@LINE+2]]; WEAVE_TRY
  // CHECK: ::weave::detail::region([&x, n](auto &weave_frame_[[#@LINE+3]]) { auto weave_task_[[#@LINE+3]] = weave_frame_[[#@LINE+3]].fork([&x, n] {
#pragma weave sync_scope
  {
#pragma weave spawn
    x = work(n);
    work(1);
    // CHECK: }); } WEAVE_CATCH(weave_scope_[[#SCOPE]]) }
  }
  // CHECK: {{^}}::weave::load_balance();
#pragma weave load_balance
  work(x);
}
