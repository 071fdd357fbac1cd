// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A loop that is not canonical: which part of it.
// RUN: %verify

#include <vector>
int work(int);

void loops(int n, int *p, std::vector<int> &v) {
  int x = 0;
#pragma weave parallel_for
  x = 3; // expected-error {{'parallel_for' must stand before a 'for' loop}}
#pragma weave parallel_for
  while (n) // expected-error {{'parallel_for' must stand before a 'for' loop}}
    ;
#pragma weave parallel_for
  for (int &e : v) // expected-error {{'parallel_for' on a range-based 'for' is not supported yet}}
    e = 3;
#pragma weave parallel_for
  for (x = 0; x < n; ++x) // expected-error {{its first part must declare one variable with an initial value}}
    ;
#pragma weave parallel_for
  for (int i = 0, j = 0; i < n; ++i) // expected-error {{its first part must declare one variable with an initial value}}
    ;
#pragma weave parallel_for
  for (int i{}; i < n; ++i) // expected-error {{its first part must declare one variable with an initial value}}
    ;
#pragma weave parallel_for
  for (int *i = p; i < p + n; ++i) // expected-error {{'i' has type 'int *'; only integers are supported yet}}
    ;
#pragma weave parallel_for
  for (double i = 0; i < n; ++i) // expected-error {{'i' has type 'double'; only integers are supported yet}}
    ;
#pragma weave parallel_for
  for (int i = 0;; ++i) // expected-error {{its condition must compare 'i' with a bound by '<', '<=', '>', '>=' or '!='}}
    ;
#pragma weave parallel_for
  for (int i = 0; i == n; ++i) // expected-error {{its condition must compare 'i' with a bound}}
    ;
#pragma weave parallel_for
  for (int i = 0; n < x; ++i) // expected-error {{its condition must compare 'i' with a bound}}
    ;
#pragma weave parallel_for
  for (int i = 0; i < n && i < x; ++i) // expected-error {{its condition must compare 'i' with a bound}}
    ;
#pragma weave parallel_for
  for (int i = 0; i < n;) // expected-error {{its increment must be '++', '--', '+=' or '-=' on 'i'}}
    ;
#pragma weave parallel_for
  for (int i = 1; i < n; i *= 2) // expected-error {{its increment must be '++', '--', '+=' or '-=' on 'i'}}
    ;
#pragma weave parallel_for
  for (int i = 0; i < n; ++x) // expected-error {{its increment must be '++', '--', '+=' or '-=' on 'i'}}
    ;
#pragma weave parallel_for
  for (int i = 0; i < n; --i) // expected-error {{'i' moves away from its bound}}
    ;
#pragma weave parallel_for
  for (int i = 0; i < n; i += -1) // expected-error {{'i' moves away from its bound}}
    ;
#pragma weave parallel_for
  for (int i = 0; i < n; ++i) // expected-error@+1 {{its body changes 'i'}}
    i = work(i);
}

int function(int);
void reductions(int n) {
  const int fixed = 2;
  int array[3];
  // expected-error@+1 {{'fixed' cannot be reduced: it is const}}
#pragma weave parallel_for reduction(+: fixed)
  for (int i = 0; i < n; ++i)
    ;
  // expected-error@+1 {{'array' cannot be reduced: it is an array}}
#pragma weave parallel_for reduction(+: array)
  for (int i = 0; i < n; ++i)
    ;
  // expected-error@+1 {{'function' cannot be reduced: it is not a variable}}
#pragma weave parallel_for reduction(+: function)
  for (int i = 0; i < n; ++i)
    ;
}
