// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Races in a template are found in its pattern, once, whatever it is instantiated with, or if it never is.
// RUN: %verify

template <class T> T work(T);

template <class T> T never_instantiated(T n) {
  T x, y;
#pragma weave spawn // expected-note {{the task is spawned here}}
  x = work(n);
  y = work(n);
  return x + y; // expected-warning {{'x' is read here}} expected-note {{insert}}
}

// Whatever an unresolved call does to its argument, it does it to the variable that is written meanwhile.
template <class It> long total(It begin, It end) {
  long left, right;
#pragma weave spawn // expected-note {{the task is spawned here}}
  left = total(begin, end);
  begin = end; // expected-warning {{'begin' is written here while a task that reads it may be running}} expected-note {{insert}}
  right = total(begin, end);
#pragma weave sync
  return left + right;
}

template <class T> struct tree {
  T total;
  void add(T n) {
#pragma weave spawn
    total = work(n); // expected-note {{written here}}
#pragma weave spawn // expected-note {{the task is spawned here}}
    total = work(n); // expected-warning {{this task writes 'total'}}
  }
};
template struct tree<int>;
template struct tree<double>;
