// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A loop that ends early says so.
// RUN: %transform | %FileCheck %s

bool f(int);

int search(int n) {
  int first = n;
  // CHECK: (auto weave_begin, auto weave_end, auto &weave_first) { bool weave_cancelled = false; WEAVE_HIDING(auto first = weave_first;) {
  // CHECK: { weave_cancelled = true;
  // CHECK-NEXT: break; }
  // CHECK-NEXT: } } weave_first = first; return weave_cancelled; }, ::weave::detail::reduction<::weave::detail::minimum>(first));
#pragma weave parallel_for reduction(min : first)
  for (int i = 0; i < n; ++i)
    if (f(i)) {
      first = i;
#pragma weave cancel
      break;
    }
  // CHECK: (auto weave_begin, auto weave_end) { bool weave_cancelled = false; {
  // CHECK: if (f(i))
  // CHECK-NEXT: { weave_cancelled = true;
  // CHECK-NEXT: break; }
  // CHECK-NEXT: else if (f(i + 1)) { { weave_cancelled = true;
  // CHECK-NEXT: break; } } } return weave_cancelled; });
#pragma weave parallel_for
  for (int i = 0; i < n; ++i)
    if (f(i))
#pragma weave cancel
      break;
    else if (f(i + 1)) { _Pragma("weave cancel")
      break; }
  return first;
}
