// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: not %weavec --check --diagnostics-format=sarif %s > %t.sarif
// RUN: %python %S/Inputs/check_sarif.py %t.sarif %s
// RUN: not %weavec --check --diagnostics-format=xml %s 2>&1 | %FileCheck %s
// CHECK: weavec: error: unknown format 'xml'; expected text or sarif
int work(int);
int both(int n) {
  int x;
#pragma weave spwan
  work(n);
#pragma weave spawn
  x = undeclared(n);
  return x;
}
