// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// g++ takes the copy of the main file for a header, whose classes should hold none of an unnamed namespace.
// REQUIRES: gcc
// RUN: %weavec %gxx -std=c++17 -Wall -Wextra -Werror -c %s -o %t.o
// But what it says of a header it says of the woven program, too.
// RUN: %weavec %gxx -std=c++17 -DWITH_HEADER -c %s -o %t.o 2>&1 | %FileCheck %s
// CHECK: Inputs/unnamed.h:6:8: warning: {{.*}}seen_in_header{{.*}} [-Wsubobject-linkage]
// CHECK-NOT: warning:

#ifdef WITH_HEADER
#include "Inputs/unnamed.h"
#endif

namespace {
struct hidden {
  int value = 1;
};
} // namespace

struct seen {
  hidden one;
};

int work(int);
int f(int n) {
  seen s;
#pragma weave spawn
  s.one.value = work(n);
#pragma weave sync
  return s.one.value;
}
