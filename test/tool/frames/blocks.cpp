// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A task is joined in the innermost block that declares what it borrows.
// RUN: %transform | %FileCheck %s
void beside(); // what runs while a task does
#include <vector>
int work(int);
void change(int &);

void younger(int n) {
  // CHECK: weave_frame_11; WEAVE_TRY { weave_frame_11.spawn([n] {
#pragma weave spawn
  work(n);
  int a;
  // CHECK: weave_frame_15; WEAVE_TRY { weave_frame_15.spawn([&a, n] {
#pragma weave spawn
  a = work(n);
  // CHECK: {{^}}weave_frame_15.spawn([n] {
#pragma weave spawn
  work(n); beside();
  // CHECK: } WEAVE_CATCH(weave_frame_15) } WEAVE_CATCH(weave_frame_11) }
}

void headers(int n, bool (*next)(int &)) {
  // CHECK: while (bool more = next(n)) {
  // CHECK-NEXT: ::weave::detail::region([&more](auto &weave_frame_[[#@LINE+3]]) { auto weave_task_[[#@LINE+3]] = weave_frame_[[#@LINE+3]].fork([&more] {
  // CHECK-NEXT: more = false; }, WEAVE_SITE({{[^;]*}});
  while (bool more = next(n)) {
#pragma weave spawn
    more = false; beside();
  }
  // CHECK: if (int k = work(n))
  // CHECK-NEXT: { ::weave::detail::frame weave_frame_[[#@LINE+2]]; WEAVE_TRY { weave_frame_[[#@LINE+2]].spawn([&k] {
  if (int k = work(n))
#pragma weave spawn
    change(k);
  // CHECK-NEXT: change(k); }, WEAVE_SITE({{[^;]*}}); } WEAVE_CATCH(weave_frame_[[#@LINE-2]]) }
  try {
    work(n);
    // CHECK: } catch (int e) {
    // CHECK-NEXT: ::weave::detail::region([&e](auto &weave_frame_[[#@LINE+2]]) { weave_frame_[[#@LINE+2]].spawn([&e] {
  } catch (int e) {
#pragma weave spawn
    change(e); beside();
    // CHECK-NEXT: change(e); }, WEAVE_SITE({{[^;]*}});
    // CHECK-NEXT: }); }
  }
}

void handlers(int n) try {
  // CHECK: void handlers(int n) try {
  // CHECK-NEXT: ::weave::detail::region([n](auto &weave_frame_[[#@LINE+1]]) {
#pragma weave spawn
  work(n); beside();
  // CHECK: }); } catch (int) {
} catch (int) {
  // CHECK-NEXT: ::weave::detail::region([n](auto &weave_frame_[[#@LINE+1]]) {
#pragma weave spawn
  work(n); beside();
}

struct object {
  int a, b;
  object(int n) : a(n) {
    // CHECK: ::weave::detail::region([this, n](auto &weave_frame_[[#@LINE+1]]) { auto weave_task_[[#@LINE+1]] = weave_frame_[[#@LINE+1]].fork([this, n] {
#pragma weave spawn
    b = work(n); beside();
  }
};
