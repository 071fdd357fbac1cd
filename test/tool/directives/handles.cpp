// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// handle(h) binds what the user declared, and sync(h) waits for that alone.
// RUN: %transform | %FileCheck %s
void beside(); // what runs while a task does
#include <vector>
int work(int);

// Neither needs a frame of its own, and the region stays.
int one(int n) {
  // CHECK: return ::weave::detail::region([n](auto &weave_frame_[[#@LINE+5]]) -> int { int x = 0, y = 0;
  int x = 0, y = 0;
  weave::handle first;
  // CHECK: weave::handle first;
  // CHECK: auto weave_borrow_[[#@LINE+1]] = weave_frame_[[#@LINE+1]].borrow(); weave_frame_[[#@LINE+1]].spawn(first, [&x, n] {
#pragma weave spawn handle(first)
  x = work(n);
  // CHECK: weave_frame_[[#SECOND:@LINE+1]].spawn([&y, n] {
#pragma weave spawn
  y = work(n + 1);
  // CHECK: {{^}}weave_frame_[[#SECOND]].sync(first);
#pragma weave sync(first)
  x += 1;
#pragma weave sync
  return x + y;
}

// The tasks are joined before the handles end, wherever those lie.
void many(int n, std::vector<int> &v) {
  std::vector<weave::handle> all(n);
  weave::handle few[4];
  // CHECK: ::weave::detail::frame weave_frame_[[#MANY:@LINE+3]]; WEAVE_TRY { for (
  for (int i = 0; i < n; ++i) {
    // CHECK: {{^}}weave_frame_[[#@LINE+1]].spawn(all[i], [&v, i] {
#pragma weave spawn handle(all[i])
    v[i] = work(i);
    // CHECK: {{^}}::weave::detail::when(!(n > 10) ? false : true, weave_frame_[[#MANY]]).spawn(few[i % 4], [i] {
#pragma weave spawn handle(few[i % 4]) if(n > 10)
    work(i);
  }
  // CHECK: {{^}}weave_frame_[[#MANY]].sync(all[0]); weave_frame_[[#MANY]].sync(few[1]);
#pragma weave sync(all[0], few[1])
  if (!few[2].is_ready())
    work(v[0]);
}

void ordered(int n) {
  weave::handle h;
  int x = 0;
  // CHECK: weave_frame_[[#@LINE+1]].spawn_after(h, {::weave::detail::out(x)}, [&x, n] {
#pragma weave spawn depends_on(out: x) handle(h)
  x = work(n);
  // CHECK: auto weave_y = ::weave::detail::spawned(weave_frame_{{[0-9]+}}, [n] {
#pragma weave spawn handle(h)
  auto y = work(n);
  // CHECK: return y; }); weave_frame_{{[0-9]+}}.spawn(h, weave_y.task(), WEAVE_SITE({{[^;]*}}); auto &y = weave_y.get();
#pragma weave sync(h)
  work(x + y);
}

void loop(int n) {
  weave::handle h;
  // CHECK: {{^}}static_cast<void>(::weave::detail::unfinished{h}), ::weave::detail::parallel_for(
#pragma weave parallel_for handle(h)
  for (int i = 0; i < n; ++i)
    work(i);
}

// The handle of an outer function is borrowed by the task that binds it.
void nested(int n) {
  weave::handle h;
  // CHECK: .fork([&h, n] {
#pragma weave spawn
  {
    // CHECK: .spawn(h, [n] {
#pragma weave spawn handle(h)
    work(n);
  } beside();
}

template <class T> void in_template(T n) {
  T x{};
  weave::handle h;
  // CHECK: .spawn(h, [&x, &n] {
#pragma weave spawn handle(h)
  x = work(n);
  // CHECK: .sync(h);
#pragma weave sync(h)
}
template void in_template(int);
