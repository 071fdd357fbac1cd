// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A header that the command line includes.
// RUN: %weavec %clangxx -std=c++17 -include %S/Inputs/include/lib/parallel.h -c %s -o %t.clang.o
// RUN: %weavec %gxx -std=c++17 -include %S/Inputs/include/lib/parallel.h -c %s -o %t.gcc.o
// RUN: nm -C %t.clang.o | %FileCheck %s
// RUN: nm -C %t.gcc.o | %FileCheck %s
// CHECK: weave::detail::
long result() { return sum_to(100L); }
