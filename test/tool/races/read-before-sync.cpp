// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A task's result is read while the task may be running. The mend is a sync in front of the statement.
// RUN: %verify
// RUN: not %weavec --check -Werror=weave-race %s 2>&1 | %FileCheck %s

long fib(int n) {
  if (n < 2)
    return n;
  long x, y;
#pragma weave spawn // expected-note {{the task is spawned here}}
  x = fib(n - 1);
  y = fib(n - 2);
  // CHECK: error: 'x' is read here while a task that writes it may be running [-Werror,-Wweave-race]
  // CHECK: note: insert '#pragma weave sync' before this statement
  // CHECK: #pragma weave sync
  // expected-warning@+2 {{'x' is read here while a task that writes it may be running [-Wweave-race]}}
  // expected-note@+1 {{insert '#pragma weave sync' before this statement to wait for the task}}
  return x + y;
}

// In a condition, and on one way only.
long conditional(int n) {
  long x = 0;
#pragma weave spawn // expected-note 2 {{the task is spawned here}}
  x = fib(n);
  if (n > 3)
    fib(x); // expected-warning {{'x' is read here}} expected-note@-1 {{insert}}
  return n > 5 ? x : 0; // expected-warning {{'x' is read here}} expected-note {{insert}}
}

// Behind the loop that spawns.
long behind(int n) {
  long x = 0;
  for (int i = 0; i < n; ++i)
    if (i == 7) {
#pragma weave spawn // expected-note {{the task is spawned here}}
      x = fib(i);
    }
  return x; // expected-warning {{'x' is read here}} expected-note {{insert}}
}

// A declaration writes what it declares.
long declared(int n) {
#pragma weave spawn // expected-note {{the task is spawned here}}
  long x = fib(n);
  return x; // expected-warning {{'x' is read here}} expected-note {{insert}}
}

// In the block of a scope, whose end would be too late.
long scoped(int n) {
  long x = 0;
#pragma weave sync_scope
  {
#pragma weave spawn // expected-note {{the task is spawned here}}
    x = fib(n);
    fib(x); // expected-warning {{'x' is read here}} expected-note {{insert}}
  }
  return x;
}
