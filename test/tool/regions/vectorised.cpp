// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What runs in place while somebody wants tasks, and what a region runs besides its tasks, is optimised for speed like the rest:
// the functions that make tasks are cold, so that none of it may stand in them.
// RUN: %weavec %clangxx -O3 -fno-unroll-loops -S -emit-llvm -I%include %s -o %t.ll
// RUN: %FileCheck %s < %t.ll
// CHECK-LABEL: define {{.*}}spawn_taskIZ9in_a_loop
// CHECK-NOT: fmul
// CHECK-LABEL: define {{.*}}call_closure
// CHECK: fmul <{{[0-9]+}} x double>
// CHECK-LABEL: define {{.*}}spawn_taskIZ7ordered
// CHECK-NOT: fmul
// CHECK-LABEL: define {{.*}}call_closure
// CHECK: fmul <{{[0-9]+}} x double>
// CHECK-LABEL: define {{.*}}region_as_tasksIZ11in_a_region
// CHECK-NOT: fmul
// CHECK-LABEL: define {{.*}}run_as_tasks
// CHECK: fmul <{{[0-9]+}} x double>
// CHECK: fmul <{{[0-9]+}} x double>

struct row {
  double at[64];
};

static void scale(row &r, double by) {
  for (double &each : r.at)
    each *= by;
}

void in_a_loop(row *rows, int n) {
  for (int i = 0; i < n; ++i) {
#pragma weave spawn
    scale(rows[i], 3);
  }
#pragma weave sync
}

void ordered(row *rows, int n) {
  for (int i = 0; i < n; ++i) {
#pragma weave spawn depends_on(inout: rows[i])
    scale(rows[i], 5);
  }
#pragma weave sync
}

void in_a_region(row &left, row &right) {
#pragma weave spawn
  scale(left, 7);
  scale(right, 7);
#pragma weave sync
}
