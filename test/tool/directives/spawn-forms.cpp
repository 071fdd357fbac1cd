// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Every kind of statement that can be spawned, each closed behind its own end. RACES: only its text matters.
// RUN: %transform | %FileCheck %s
void beside(); // what runs while a task does
int work(int);
struct object {
  void method(int);
};

void forms(int n, int *p, object &o) {
  int x = 0;
  // CHECK: ::weave::detail::frame weave_frame_[[#@LINE+1]]; WEAVE_TRY { weave_frame_[[#@LINE+1]].spawn([n] {
#pragma weave spawn
  work(n);
  // CHECK-NEXT: work(n); }, WEAVE_SITE({{[^;]*}});
  // CHECK: weave_frame_{{[0-9]+}}.spawn([&x, n] {
#pragma weave spawn
  x = work(n) +
      1 /* tail */;
  // CHECK-NEXT: x = work(n) +
  // CHECK-NEXT: 1 /* tail */; }, WEAVE_SITE({{[^;]*}});
#pragma weave spawn
  p[n] += work(n);
  // CHECK: p[n] += work(n); }, WEAVE_SITE({{[^;]*}});
#pragma weave spawn
  o.method(n);
  // CHECK: .spawn([&o, n] {
  // CHECK-NEXT: o.method(n); }, WEAVE_SITE({{[^;]*}});
#pragma weave spawn
  {
    int y = work(n);
    p[0] = y;
  }
  // CHECK: p[0] = y;
  // CHECK-NEXT: } }, WEAVE_SITE({{[^;]*}});
#pragma weave spawn
  if (n)
    x = 1;
  else
    x = 2;
  // CHECK: else
  // CHECK-NEXT: x = 2; }, WEAVE_SITE({{[^;]*}});
#pragma weave spawn
  for (int i = 0; i < n; ++i) {
    if (i == 3)
      continue;
    if (i == 4)
      break;
    p[i] = i;
  }
  // CHECK: p[i] = i;
  // CHECK-NEXT: } }, WEAVE_SITE({{[^;]*}});
#pragma weave spawn
  while (work(n))
    ;
  // CHECK: while (work(n))
  // CHECK-NEXT: ; }, WEAVE_SITE({{[^;]*}});
#pragma weave spawn
  do {
    work(n);
  } while (n > 5);
  // CHECK: } while (n > 5); }, WEAVE_SITE({{[^;]*}});
#pragma weave spawn
  switch (n) {
  case 1:
    break;
  default:
    x = 3;
  }
  // CHECK: x = 3;
  // CHECK-NEXT: } }, WEAVE_SITE({{[^;]*}});
#pragma weave spawn
  try {
    work(n);
  } catch (int) {
    x = 4;
  } beside();
  // CHECK: x = 4;
  // CHECK-NEXT: } }, WEAVE_SITE({{[^;]*}});
  // CHECK-NEXT: } WEAVE_CATCH(weave_frame_{{[0-9]+}}) }
}
