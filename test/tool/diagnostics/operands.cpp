// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Operands are C++: Clang checks them, with its caret on the line of the pragma.
// RUN: not %weavec --check %s -- -std=c++17 2>&1 | %FileCheck %s --implicit-check-not=error:

void work(int);

void operands(int n) {
  // CHECK: operands.cpp:[[#@LINE+1]]:36: error: use of undeclared identifier 'absent'
#pragma weave spawn depends_on(in: absent)
  // CHECK: #pragma weave spawn depends_on(in: absent)
  work(n);
  // CHECK: operands.cpp:[[#@LINE+1]]:38: error: arithmetic on a pointer to the function type 'void (int)'
#pragma weave spawn depends_on(in: n + work)
  work(n);
  // CHECK: operands.cpp:[[#@LINE+1]]:41: error: use of undeclared identifier 'absent'
#pragma weave parallel_for reduction(+: absent)
  for (int i = 0; i < n; ++i)
    work(i);
  // CHECK: 3 errors generated
}
