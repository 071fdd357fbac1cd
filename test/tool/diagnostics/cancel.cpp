// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What `cancel` cannot end.
// RUN: %verify

bool f(int);

int outside(int n) {
  for (int i = 0; i < n; ++i)
    if (f(i)) {
      // expected-error@+1 {{'cancel' must stand before a 'break' that leaves the body of a parallel loop}}
#pragma weave cancel
      break;
    }
#pragma weave sync_scope
  {
#pragma weave spawn
    f(1);
    // expected-error@+1 {{'cancel' must stand before a 'break' that leaves the body of a parallel loop}}
#pragma weave cancel
    return 1;
  }
#pragma weave parallel_for
  for (int i = 0; i < n; ++i) {
    for (int k = 0; k < n; ++k)
      if (f(k)) {
        // expected-error@+1 {{'cancel' must stand before a 'break' that leaves the body of a parallel loop}}
#pragma weave cancel
        break;
      }
    switch (i) {
    case 0:
      f(1);
      // expected-error@+1 {{'cancel' must stand before a 'break' that leaves the body of a parallel loop}}
#pragma weave cancel
      break;
    }
    // expected-error@+1 {{'cancel' must stand before a 'break' that leaves the body of a parallel loop}}
#pragma weave cancel
    f(i);
    if (f(i)) {
      // expected-error@+1 {{'cancel' must stand before a 'break' that leaves the body of a parallel loop}}
#pragma weave cancel
      return 2;
    }
  }
  return 0;
}

int clauses(int n) {
  long sum = 0;
#pragma weave parallel_for collapse(2) // expected-note {{the directive is here}}
  for (int i = 0; i < n; ++i)
    for (int k = 0; k < n; ++k)
      if (f(k)) {
        // expected-error@+1 {{'cancel' cannot end a loop that is 'collapse'}}
#pragma weave cancel
        break;
      }
#pragma weave parallel_for reproducible reduction(+ : sum) // expected-note {{the directive is here}}
  for (int i = 0; i < n; ++i)
    if (f(i)) {
      // expected-error@+1 {{'cancel' cannot end a loop that is 'reproducible'}}
#pragma weave cancel
      break;
    }
#pragma weave parallel_for staged // expected-note {{the directive is here}}
  {
    for (int i = 0; i < n; ++i)
      if (f(i)) {
        // expected-error@+1 {{'cancel' cannot end a loop that is 'staged'}}
#pragma weave cancel
        break;
      }
  }
  int i;
#pragma weave parallel_for
  for (i = 0; i < n; ++i)
    if (f(i)) {
      // expected-error@+1 {{a loop that 'cancel' ends must declare 'i' itself; let a reduction say where it ended: reduction(min: place)}}
#pragma weave cancel
      break;
    }
  return i;
}
