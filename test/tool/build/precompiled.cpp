// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A header that was precompiled without the tool is read again as text where it must be woven.
// RUN: rm -rf %t && mkdir %t && cp %S/../headers/Inputs/include/lib/*.h %t
// RUN: %weavec %clangxx -std=c++17 -x c++-header %t/parallel.h -o %t/parallel.h.pch
// Given as itself, as CMake gives it, and found beside the header.
// RUN: %weavec %clangxx -std=c++17 -include-pch %t/parallel.h.pch -c %s -o %t/a.o && ls %t/a.o.weave
// RUN: %weavec %clangxx -std=c++17 -Xclang -include-pch -Xclang %t/parallel.h.pch -Xclang -include -Xclang %t/parallel.h -c %s -o %t/b.o && ls %t/b.o.weave
// RUN: %weavec %clangxx -std=c++17 -include %t/parallel.h -c %s -o %t/c.o && ls %t/c.o.weave
// RUN: %weavec %gxx -std=c++17 -x c++-header %t/parallel.h -o %t/parallel.h.gch
// RUN: rm %t/parallel.h.pch
// RUN: %weavec %gxx -std=c++17 -Winvalid-pch -Werror -include %t/parallel.h -c %s -o %t/d.o && ls %t/d.o.weave
// RUN: nm -C %t/a.o | %FileCheck %s
// RUN: nm -C %t/b.o | %FileCheck %s
// RUN: nm -C %t/c.o | %FileCheck %s
// RUN: nm -C %t/d.o | %FileCheck %s
// CHECK: weave::detail::
long result() { return sum_to(100L); }
