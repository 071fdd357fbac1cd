// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A source that does not compile: Clang's errors, once, a status, and no file.
// RUN: rm -f %t.out.cpp %t.o
// RUN: not %weavec --emit %s -o %t.out.cpp 2>&1 | %FileCheck %s --implicit-check-not=error:
// RUN: not %weavec --emit %s 2>/dev/null | count 0
// RUN: not %weavec %clangxx -c %s -o %t.o 2>&1 | %FileCheck %s --implicit-check-not=error:
// RUN: not %weavec %gxx -c %s -o %t.o 2>&1 | %FileCheck %s --implicit-check-not=error:
// RUN: not ls %t.out.cpp %t.o %t.o.weave
// A good file stays as it was.
// RUN: echo good > %t.kept.cpp
// RUN: not %weavec --emit %s -o %t.kept.cpp
// RUN: echo good | diff - %t.kept.cpp

void f(int n) {
  // CHECK: broken-source.cpp:[[#@LINE+1]]:3: error: use of undeclared identifier 'm'
  m = n;
#pragma weave spawn
  n = 3;
  // CHECK: 1 error generated.
}
