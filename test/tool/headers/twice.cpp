// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A file that is included several times is written once, or once for each text that becomes of it.
// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: %weavec %clangxx -std=c++17 -c %s -o same.o
// RUN: not ls same.o.weave%S/Inputs/body.inc.weave2
// RUN: %weavec %clangxx -std=c++17 -DDIFFERENT -MD -MP -c %s -o clang.o
// RUN: %if gcc %{ %weavec %gxx -std=c++17 -DDIFFERENT -MD -MP -c %s -o gcc.o %}
// RUN: %FileCheck --input-file=clang.o.weave%S/Inputs/body.inc --check-prefix=FIRST %s
// RUN: %FileCheck --input-file=clang.o.weave%S/Inputs/body.inc.weave2 --check-prefix=SECOND %s
// RUN: %if gcc %{ %FileCheck --input-file=gcc.o.weave%S/Inputs/body.inc --check-prefix=FIRST %s %}
// RUN: %if gcc %{ %FileCheck --input-file=gcc.o.weave%S/Inputs/body.inc.weave2 --check-prefix=SECOND %s %}
// FIRST: .fork([&x, n]
// SECOND: #line 1 "{{.*}}body.inc"
// SECOND: .fork([n]
//
// Dependency files name what there is, and what is shown includes what there is.
// RUN: cat *.d | %FileCheck --check-prefix=DEPENDENCIES %s
// RUN: %weavec --emit %s -o - -- -std=c++17 -DDIFFERENT | grep "^#include" | %FileCheck --check-prefix=EMITTED %s
// DEPENDENCIES: body.inc
// DEPENDENCIES-NOT: weave2
// EMITTED: {{^}}#include "Inputs/body.inc"{{$}}
// EMITTED-NEXT: {{^}}#include "Inputs/body.inc"{{$}}

int work(int);
void twice(int n) {
  int x = 0;
#include "Inputs/body.inc"
}
#ifdef DIFFERENT
int x;
#endif
void twice(long n) {
#ifndef DIFFERENT
  int x = 0;
#endif
#include "Inputs/body.inc"
}
