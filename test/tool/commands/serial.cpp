// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// --serial writes the source without its directives, every line where it was.
// RUN: %weavec --serial %s -o %t.cpp && %FileCheck %s < %t.cpp && %gxx -Wall -Wextra -Werror -fsyntax-only %t.cpp
// RUN: grep -v '#pragma weave' %s > %t.expected && grep -v '^$' %t.cpp > %t.found && grep -v '^$' %t.expected | diff - %t.found
void work(int &);
void serial(int n) {
  int x = 0;
  // CHECK: int x = 0;
  // CHECK: {{^$}}
  // CHECK-NEXT: work(x);
#pragma weave spawn
  work(x);
#pragma weave sync
#pragma weave parallel_for \
    reduction(+: x)
  for (int i = 0; i < n; ++i)
    x += i;
}
