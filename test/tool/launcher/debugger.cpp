// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// UNSUPPORTED: sanitizer
// gdb stops on the user's line, in the user's file.
// REQUIRES: gdb
// RUN: %weavec %gxx -std=c++17 -g -c %s -o %t.gcc.o && %gxx %t.gcc.o %library -pthread -o %t.gcc
// RUN: gdb -batch -nx -ex "break debugger.cpp:15" -ex run -ex "info line" -ex "print n" %t.gcc 2>&1 | %FileCheck %s
// RUN: %weavec %clangxx -std=c++17 -g -c %s -o %t.clang.o && %clangxx %t.clang.o %library -pthread -o %t.clang
// RUN: gdb -batch -nx -ex "break debugger.cpp:15" -ex run -ex "info line" -ex "print n" %t.clang 2>&1 | %FileCheck %s
// CHECK: 15{{.*}}x = n * 2;
// CHECK: Line 15 of "{{.*}}debugger.cpp"
// CHECK: $1 = 21
int twice(int n) {
  int x;
#pragma weave spawn
  x = n * 2;
#pragma weave sync
  return x;
}
int main() { return twice(21) == 42 ? 0 : 1; }
