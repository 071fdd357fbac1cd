// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Where no statement can stand, Clang stumbles over what the tool put there. The user hears of the directive only.
// RUN: not %weavec --check %s -- -std=c++17 2>&1 | %FileCheck %s --implicit-check-not=error:

// CHECK: outside.cpp:[[#@LINE+2]]:1: error: weave directive is not attached to a statement
// CHECK-NEXT: #pragma weave sync
#pragma weave sync
// CHECK: outside.cpp:[[#@LINE+1]]:1: error: weave directive is not attached to a statement
#pragma weave spawn depends_on(in: x)
int x;
// CHECK: 2 errors generated
