// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Continued lines and comments: every line stays where it was.
// RUN: %transform | %FileCheck %s
// RUN: sed 's/$/\r/' %s > %t.crlf.cpp
// RUN: %weavec --emit %t.crlf.cpp -o %t.crlf.woven.cpp -- -std=c++17
// RUN: %weavec --emit %s -o %t.lf.woven.cpp -- -std=c++17
// RUN: sed 's/\r$//' %t.crlf.woven.cpp | diff %t.lf.woven.cpp -
void beside(); // what runs while a task does
int work(int);

void lines(int n) {
  int a = 0, b = 0;
  // CHECK: .spawn_after({::weave::detail::in(a), ::weave::detail::out(b)}, [&b, &a] {
  // CHECK-EMPTY:
  // CHECK-NEXT: b = work(a); }, WEAVE_SITE({{[^;]*}});
#pragma weave spawn depends_on(in : a; \
                               out : b) // as long as it takes
  b = work(a);
  // CHECK: .spawn([n] {
  // CHECK-EMPTY:
  // CHECK-NEXT: work(n); }, WEAVE_SITE({{[^;]*}});
#pragma weave spawn /* a comment
  of two lines */
  work(n); beside();
    // CHECK: {{^}}    weave_frame_{{[0-9]+}}.sync();
    #   pragma   weave   sync
}
