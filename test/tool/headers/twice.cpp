// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A file that is included several times is written once; if the times would be woven differently, that is an error.
// RUN: %weavec %clangxx -std=c++17 -c %s -o %t.clang.o
// RUN: %weavec %gxx -std=c++17 -c %s -o %t.gcc.o
// RUN: %weavec --check %s -- -std=c++17
// RUN: not %weavec --check %s -- -std=c++17 -DDIFFERENT 2>&1 | %FileCheck %s
// CHECK: body.inc:2:1: error: this file is included more than once, and the directives in it would be woven differently

int work(int);
void first(int n) {
  int x = 0;
#include "Inputs/body.inc"
}
#ifdef DIFFERENT
int x;
#endif
void second(int n) {
#ifndef DIFFERENT
  int x = 0;
#endif
#include "Inputs/body.inc"
}
