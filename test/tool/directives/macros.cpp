// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Directives beside and inside macro calls.
// RUN: %transform | %FileCheck %s

void change(int &);
#define BLOCK(x) \
  do { \
    x \
  } while (0)
#define CALL(f, a) f(a)
#define STATEMENT change(a);
#define COUNT 100
#define OPERAND a

void macros(int a, int *p) {
  // CHECK: WEAVE_TRY { BLOCK(
  BLOCK(
      // CHECK: weave_frame_19.spawn([&a] { change(a); }, WEAVE_SITE({{[^;]*}});
      _Pragma("weave spawn") change(a);
  );
  // CHECK: .spawn([&a] {
  // CHECK-NEXT: CALL(change, a); }, WEAVE_SITE({{[^;]*}});
#pragma weave spawn
  CALL(change, a);
  // CHECK: STATEMENT }, WEAVE_SITE({{[^;]*}});
#pragma weave spawn
  STATEMENT
  // CHECK: iterations<int, {{.*}}>(0, COUNT, 1)
  // CHECK-NEXT: for (int i = weave_begin; i < weave_end; ++i)
#pragma weave parallel_for
  for (int i = 0; i < COUNT; ++i)
    p[i] = 0;
  // CHECK: weave_frame_19.sync();
  _Pragma("weave sync")
}

void operands(int a) {
  // CHECK: in(OPERAND)
#pragma weave spawn depends_on(in: OPERAND)
  change(a);
}

// RACES: functions without a body may write what several tasks hand them.
