// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A task writes what the task of an earlier iteration uses.
// RUN: %verify

long work(long);

long sum(int n) {
  long total = 0;
  for (int i = 0; i < n; ++i) {
#pragma weave spawn // expected-note {{the task is spawned here}}
    total += work(i); // expected-warning {{'total' is written by this task while the one of an earlier iteration, which writes it, may be running}}
  }
#pragma weave sync
  return total;
}

// The function itself reads it in the next iteration.
void next(int n) {
  long last = 0;
  while (n-- > 0) {
    work(last); // expected-warning {{'last' is read here while a task that writes it may be running}} expected-note {{insert}}
#pragma weave spawn // expected-note 2 {{the task is spawned here}}
    last = work(n); // expected-warning {{'last' is written by this task}}
  }
}
