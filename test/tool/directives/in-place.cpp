// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A task that would be waited for where it is spawned runs in place, unless a clause makes more of it than the statement.
// RUN: %transform | %FileCheck %s
// RUN: %weavec --check -Rweave %s 2>&1 | %FileCheck %s --check-prefix=SAID
// RUN: %weavec --check %s 2>&1 | %FileCheck %s --check-prefix=SILENT --allow-empty
// SILENT-NOT: {{.}}
#include <utility>
#include <weave/weave.h>

int work(int = 0);
struct counted {
  int value;
  ~counted();
};

// CHECK-LABEL: int recursion(
int recursion(int n) {
  if (n < 2)
    return n;
  // CHECK: region([n](auto &weave_frame_[[#@LINE+4]]) -> int { int y;
  int y;
  int x;
  // CHECK: = weave_frame_[[#@LINE+1]].fork([&x, n] {
#pragma weave spawn
  x = recursion(n - 1);
  // CHECK: {{^}}{
  // CHECK-NEXT: y = recursion(n - 2); }
  // SAID: :[[#@LINE+1]]:1: remark: the statement runs in place, since a task would be waited for at once
#pragma weave spawn
  y = recursion(n - 2);
#pragma weave sync
  return x + y;
}

// Nothing is left to wait for.
// CHECK-LABEL: int alone(
// CHECK-NEXT: int x = 0;
// CHECK-NEXT: {{^}}{
// CHECK-NEXT: x = work(n); }
// CHECK-NEXT: {{^}}static_cast<void>(0);
// CHECK-NEXT: return x;
int alone(int n) {
  int x = 0;
#pragma weave spawn default(none) firstprivate(n) shared(x) label("x")
  x = work(n);
#pragma weave sync
  return x;
}

// What stands between is nothing to run.
// CHECK-LABEL: int nothing_between(
// CHECK: {{^}}{
// CHECK-NEXT: y = work(n); }
int nothing_between(int n) {
  int x = 0, y = 0;
#pragma weave spawn
  x = work(n);
  work();
#pragma weave spawn
  y = work(n);
  ;
#pragma weave load_balance
#pragma weave sync(x)
#pragma weave sync(y)
  return x + y;
}

// CHECK-LABEL: int named(
// CHECK: .fork([&x, n] {
// CHECK: {{^}}{
// CHECK-NEXT: y = work(n); }
// CHECK-NEXT: {{^}}static_cast<void>(0);
// CHECK: .join();
int named(int n) {
  int x = 0;
#pragma weave spawn
  x = work(n);
  work();
  int y = 0;
#pragma weave spawn
  y = work(n);
#pragma weave sync(y)
  work();
#pragma weave sync
  return x + y;
}

// CHECK-LABEL: int declares(
// CHECK-NOT: weave_
// CHECK: {{^}} const int x = work(n);
// CHECK-NEXT: {{^}}static_cast<void>(0);
int declares(int n) {
#pragma weave spawn
  const int x = work(n);
#pragma weave sync
  return x;
}

// At the end of the block that joins it.
// CHECK-LABEL: void ends(
// CHECK: .fork([n] {
// CHECK: {{^}}{
// CHECK-NEXT: work(n + 1 + c.value - c.value); }
// CHECK: {{^}}{
// CHECK-NEXT: c.value =
// CHECK-NEXT: work(n + 1); }
// CHECK: {{^}}{ ::weave::sync_scope
// CHECK-NEXT: {
// CHECK-NEXT: {{^}}{
// CHECK-NEXT: work(n + 2); }
void ends(int n) {
  {
#pragma weave spawn
    work(n);
    work();
#pragma weave sync
  }
  if (n > 3) {
    counted c{n};
#pragma weave spawn
    work(n + 1 + c.value - c.value);
  }
  if (n > 2) {
    counted c{n};
#pragma weave spawn
    c.value =
        work(n + 1);
  }
#pragma weave sync_scope
  {
#pragma weave spawn
    work(n + 2);
  }
}

// CHECK-LABEL: void ends_elsewhere(
// CHECK: .spawn([n] {
void ends_elsewhere(int n) {
  if (n > 3) {
#pragma weave spawn
    work(n);
  }
  work();
}

// A task of its own has the frames of those that it spawns.
// CHECK-LABEL: void nested(
// CHECK: {{^}} {
// CHECK-NEXT: {{^}}::weave::detail::region(
// CHECK: .fork([n] {
// CHECK: work(n + 1);
// CHECK-NEXT: .join(); }); }
// CHECK-NEXT: {{^}}static_cast<void>(0);
void nested(int n) {
#pragma weave spawn
  {
#pragma weave spawn
    work(n);
    work(n + 1);
  }
#pragma weave sync
}

// CHECK-LABEL: void by_clauses(
void by_clauses(int n, bool c, weave::handle &h) {
  int m = n;
  // CHECK: when(!(c) ? false : true, weave_frame_{{[0-9]+}}).spawn([n] {
#pragma weave spawn if (c)
  work(n);
#pragma weave sync
  // CHECK: .spawn(h, [n] {
#pragma weave spawn handle(h)
  work(n);
#pragma weave sync
  // CHECK: ([m] {
#pragma weave spawn firstprivate(m)
  work(++m);
#pragma weave sync
  // CHECK: ([m = std::move(m)] {
#pragma weave spawn move(m)
  work(m);
#pragma weave sync
  // CHECK: ([] { WEAVE_HIDING(
#pragma weave spawn private(m)
  work(m = 3);
#pragma weave sync
  // CHECK: detached().spawn([n] {
#pragma weave spawn detached
  work(n);
  // CHECK: .spawn_after({::weave::detail::out(m)}, [&m, n] {
#pragma weave spawn depends_on(out : m)
  m = work(n);
#pragma weave sync
}

// Without WEAVE_TRY, what the statement throws would come before what the earlier task threw.
// CHECK-LABEL: void entered(
// CHECK: .spawn([n] {
// CHECK: .spawn([n] {
void entered(int n) {
  if (n > 3)
    goto inside;
#pragma weave spawn
  work(n);
inside:
  work();
#pragma weave spawn
  work(n + 1);
#pragma weave sync
}
