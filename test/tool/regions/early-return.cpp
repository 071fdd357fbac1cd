// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A function that returns early, in front of a region, saves no registers on that way: the way to the tasks must not cost it.
// REQUIRES: clang, x86_64
// RUN: %weavec %clangxx -O3 -S -I%include %s -o %t.s
// RUN: %FileCheck %s < %t.s
// CHECK-LABEL: {{^_ZL6leaves}}
// CHECK-NOT: push
// CHECK: testl %edi, %edi
// CHECK-NOT: push
// CHECK: je

static long leaves(int depth, int breadth) {
  if (depth == 0)
    return 1;
  long below[64];
  for (int i = 0; i < breadth; ++i) {
#pragma weave spawn
    below[i] = leaves(depth - 1, breadth);
  }
#pragma weave sync
  long sum = 0;
  for (int i = 0; i < breadth; ++i)
    sum += below[i];
  return sum;
}

long compute(int depth, int breadth) { return leaves(depth, breadth); }
