// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Directives and clauses that contradict each other or their place.
// RUN: %verify
int work(int);

void directives(int n, int *p) {
#pragma weave spawn
#pragma weave sync // expected-error {{'spawn' cannot stand before 'sync'}}
  work(n);
#pragma weave parallel_for // expected-error {{'parallel_for' cannot stand before 'spawn'}}
#pragma weave spawn
  for (int i = 0; i < n; ++i)
    p[i] = i;
#pragma weave parallel_for // expected-error {{'parallel_for' cannot stand before 'parallel_for'}}
#pragma weave parallel_for
  for (int i = 0; i < n; ++i)
    p[i] = i;
}

void clauses(int n, int *p) {
  int sum = 0;
#pragma weave spawn reduction(+: sum) // expected-error {{clause 'reduction' does not apply to weave directive 'spawn'}}
  work(n);
#pragma weave parallel_for move(n) // expected-error {{clause 'move' does not apply to weave directive 'parallel_for'}}
  for (int i = 0; i < n; ++i)
    p[i] = i;
#pragma weave sync reduction(+: sum) // expected-error {{clause 'reduction' does not apply to weave directive 'sync'}}
}
