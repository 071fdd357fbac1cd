// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Flags that only gcc knows are for gcc alone.
// RUN: %weavec %gxx -std=gnu++17 -O2 -Wno-maybe-uninitialized -Wlogical-op -fno-ipa-cp -fmax-errors=3 -fconserve-stack --param max-inline-insns-auto=40 -mtune=native -Wp,-DFROM_PREPROCESSOR=1 -c %s -o %t.o
// RUN: nm -C %t.o | %FileCheck %s
// FLAGS: -DFROM_PREPROCESSOR=1
// CHECK: weave::detail::
#ifndef FROM_PREPROCESSOR
#error "-Wp was lost"
#endif
int work(int);
void f(int n) {
#pragma weave spawn
  work(n);
  work(0);
}
