// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A file that begins with a pragma: there is no place for what belongs in front of it.
// RUN: not %weavec --emit %s -o %t -- -std=c++17 2>&1 | %FileCheck %s
// CHECK: pragma-first.inc:{{[12]}}:1: error: the tool has to insert text in front of the pragma line above, and there is no place for it; put ';' in front of that line

int work(int);
void f(int n) {
#include "Inputs/pragma-first.inc"
}
