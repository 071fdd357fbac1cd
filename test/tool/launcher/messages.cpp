// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Messages of the compiler about woven text name the user's file and line, and show the user's text.
// RUN: not %weavec %clangxx -std=c++17 -Wall -Werror -c %s -o %t.clang.o 2>&1 | %FileCheck %s
// RUN: not %weavec %gxx -std=c++17 -Wall -Werror -c %s -o %t.gcc.o 2>&1 | %FileCheck %s

int work(int);
void f(int n) {
#pragma weave spawn
  {
    // CHECK: {{.*}}tool/launcher/messages.cpp:[[#@LINE+1]]:9: error: unused variable {{.}}unused{{.}}
    int unused = work(n);
    // CHECK-NEXT: int unused = work(n);
  }
}
