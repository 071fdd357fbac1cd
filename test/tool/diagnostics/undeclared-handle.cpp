// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The serial program has no clauses, so that it must declare the handle itself.
// RUN: not %weavec --check %s -- -std=c++17 -fdiagnostics-parseable-fixits 2>&1 | %FileCheck %s --implicit-check-not=error:

int work(int);

void handles(int n) {
  // CHECK: undeclared-handle.cpp:[[#@LINE+3]]:28: error: use of undeclared identifier 'first'
  // CHECK: undeclared-handle.cpp:[[#@LINE+2]]:28: note: declare it in front of the directive, 'weave::handle first;', so that the serial program has it too
  // CHECK: fix-it:"{{.*}}":{[[#@LINE+1]]:1-[[#@LINE+1]]:1}:"weave::handle first;\n"
#pragma weave spawn handle(first)
  work(n);
}
