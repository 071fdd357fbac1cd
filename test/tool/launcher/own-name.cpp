// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A folder of the user's may be called as that of our headers is: what is in it is woven.
// RUN: rm -rf %t && mkdir -p %t/weave && cp %s %t/weave/unit.cpp && cd %t
// RUN: %weavec %clangxx -std=c++17 -c weave/unit.cpp -o unit.o && nm -C unit.o | %FileCheck %s
// RUN: cp %s %t/weave/unit.h && echo '#include "weave/unit.h"' > includer.cpp
// RUN: %weavec %clangxx -std=c++17 -c includer.cpp -o includer.o && nm -C includer.o | %FileCheck %s
// CHECK: weave::detail::
void task(int &);
void beside();
void unit(int &x) {
#pragma weave spawn
  task(x);
  beside();
}
