// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// -Rweave says of each task what it captures, how and why, and where it is waited for.
// RUN: %weavec --check -Rweave %s 2>&1 | %FileCheck %s
// RUN: %weavec --check -Rweave %s 2>&1 | %FileCheck %s --check-prefix=REGION
// RUN: %weavec --check %s 2>&1 | %FileCheck %s --check-prefix=SILENT --allow-empty
// SILENT-NOT: {{.}}
// The same for one line; and for a directive by its statement's line.
// RUN: %weavec --explain %s:28 2>&1 | %FileCheck %s --check-prefix=ONE
// RUN: %weavec --explain %s:29 2>&1 | %FileCheck %s --check-prefix=ONE
// RUN: not %weavec --explain %s:30 2>&1 | %FileCheck %s --check-prefix=NOTHING
// RUN: not %weavec --explain %s 2>&1 | %FileCheck %s --check-prefix=NOLINE
// NOTHING: weavec: error: no weave directive stands at {{.*}}remarks.cpp:30
// NOLINE: weavec: error: '{{.*}}remarks.cpp' is not FILE:LINE
struct big {
  int data[100];
};
int work(int, const big & = big());

struct owner {
  int member;
  int run(int n, const big &large);
};

int owner::run(int n, const big &large) {
  int x, y = 0, z = 1;
  // CHECK: remark: the task captures 'this', 'n' by copy; 'x', 'large' by reference [-Rweave]
  // ONE: remark: the task captures 'this', 'n' by copy; 'x', 'large' by reference
#pragma weave spawn
  x = work(n + member, large);
  // CHECK: note: 'this': the pointer is enough
  // CHECK: note: 'x': it may be written here
  // CHECK: note: 'n': it is only read, and cheap to copy
  // CHECK: note: 'large': it is not cheap to copy
  // CHECK: :[[#@LINE+15]]:1: note: this 'sync' waits for the task
  // CHECK: :[[#@LINE+17]]:1: note: at the latest, the task is waited for here
  // CHECK: remark: the task captures nothing
  // ONE-NOT: captures nothing
#pragma weave spawn
  work(1);
  // CHECK: remark: the task captures 'z' by reference
  // CHECK: note: 'z': 'depends_on' names it, and it is looked at when the task starts
#pragma weave spawn depends_on(in: z)
  work(z);
  // CHECK: remark: the parallel loop captures 'y' by reference
  // CHECK: note: the loop waits for all its iterations here
#pragma weave parallel_for
  for (int i = 0; i < 9; ++i)
    work((&y)[i]);
#pragma weave sync
  // CHECK: remark: this 'sync' waits for the tasks that were spawned at these places
  return x;
}

long fib(int n) {
  if (n < 2)
    return n;
  long x, y;
  // REGION: remark: the task captures 'n' by copy; 'x' by reference
  // REGION: :[[#@LINE-2]]:3: note: from here on the code exists twice: as it is, and with tasks for when they are wanted
#pragma weave spawn
  x = fib(n - 1);
  y = fib(n - 2);
#pragma weave sync
  return x + y;
}
