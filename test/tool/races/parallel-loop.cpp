// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// All iterations of a parallel loop write the same variable.
// RUN: %verify
// RUN: %weavec --check %s 2>&1 | %FileCheck %s

long work(long);
long everywhere;

double sum(const double *a, int n) {
  double total = 0;
  // CHECK: #pragma weave parallel_for
  // CHECK-NEXT: ^
  // CHECK-NEXT: {{^ *\| +}}reduction(+: total)
#pragma weave parallel_for // expected-note {{combine what the iterations contribute with 'reduction(+: total)'}}
  for (int i = 0; i < n; ++i)
    total += a[i]; // expected-warning {{iterations of this parallel loop that run at the same time all write 'total'}}
  return total;
}

void last(int n) {
#pragma weave parallel_for // expected-note {{the directive is here}}
  for (int i = 0; i < n; ++i)
    everywhere = work(i); // expected-warning {{all write 'everywhere'}}
}

struct tally {
  long all = 0;
};
void by_reference(int n, tally &of) {
  long &all = of.all;
#pragma weave parallel_for // expected-note {{the directive is here}}
  for (int i = 0; i < n; ++i)
    all += work(i); // expected-warning {{all write 'of.all'}}
}
