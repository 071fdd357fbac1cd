// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A unit that includes the library's header but holds no directive is not parsed, but sees the same library as the others.
// RUN: %weavec %S/Inputs/show++ -c %s | %FileCheck %s --check-prefix=FLAGS
// FLAGS: -c {{.*}}library-user.cpp -D__WEAVE__=1 -isystem {{.*}}include{{$}}
// RUN: %weavec %clangxx -std=c++17 -c %s -o %t.o
#include <weave/weave.h>
#ifndef __WEAVE__
#error "not compiled for the runtime"
#endif
