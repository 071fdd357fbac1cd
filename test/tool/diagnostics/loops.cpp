// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A loop that is not canonical: which part of it.
// RUN: %verify

#include <list>
#include <vector>
int work(int);

void loops(int n, std::list<int> &list) {
  int x = 0;
#pragma weave parallel_for
  x = 3; // expected-error {{'parallel_for' must stand before a 'for' loop}}
#pragma weave parallel_for
  while (n) // expected-error {{'parallel_for' must stand before a 'for' loop}}
    ;
#pragma weave parallel_for
  for (int &e : list) // expected-error-re {{the range has iterators of type {{.*}}, which are not random-access iterators}}
    e = 3;
#pragma weave parallel_for
  for (auto i = list.begin(); i != list.end(); ++i) // expected-error {{which is no integer, pointer or random-access iterator}}
    ;
#pragma weave parallel_for
  for (int i = 0, j = 0; i < n; ++i) // expected-error {{its first part must give one variable, which it declares or which stands outside, its first value}}
    ;
#pragma weave parallel_for
  for (int i{}; i < n; ++i) // expected-error {{its first part must give one variable, which it declares or which stands outside, its first value}}
    ;
#pragma weave parallel_for
  for (double i = 0; i < n; ++i) // expected-error {{'i' has type 'double', which is no integer, pointer or random-access iterator}}
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
  for (int i = 0; i < n;) // expected-error {{its increment must be '++', '--', '+=' or '-=' on 'i', or 'i = i + ...'}}
    ;
#pragma weave parallel_for
  for (int i = 1; i < n; i *= 2) // expected-error {{its increment must be '++', '--', '+=' or '-=' on 'i', or 'i = i + ...'}}
    ;
#pragma weave parallel_for
  for (int i = 0; i < n; ++x) // expected-error {{its increment must be '++', '--', '+=' or '-=' on 'i', or 'i = i + ...'}}
    ;
#pragma weave parallel_for
  for (int i = 0; i < n; --i) // expected-error {{'i' moves away from its bound; turn round the comparison or the increment}}
    ;
#pragma weave parallel_for
  for (int i = 0; i < n; i += -1) // expected-error {{'i' moves away from its bound; turn round the comparison or the increment}}
    ;
#pragma weave parallel_for
  for (int i = 0; i < n; ++i) // expected-error@+1 {{its body changes 'i', or hands it to what may change it; give it a copy}}
    i = work(i);
}

void nests(int n, int *a, std::vector<std::vector<int>> &rows) {
#pragma weave parallel_for collapse(2)
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < i; ++j) // expected-error {{the header of a collapsed loop must not depend on 'i', which a loop around it changes}}
      ;
#pragma weave parallel_for collapse(2)
  for (auto &row : rows)
    for (int &x : row) // expected-error {{must not depend on 'row'}}
      x = 0;
#pragma weave parallel_for collapse(2)
  for (int i = 0; i < n; ++i) {
    int row = i * n; // expected-error {{'collapse(2)' needs loops nested directly in each other, and a declaration stands between them}}
    for (int j = 0; j < n; ++j)
      a[row + j] = 0;
  }
#pragma weave parallel_for collapse(3)
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j) {
      for (int k = 0; k < n; ++k)
        ;
      work(j); // expected-error {{and an expression stands between them}}
    }
#pragma weave parallel_for collapse(2)
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j)
      ;
    for (int j = 0; j < n; ++j) // expected-error {{and another loop stands between them}}
      ;
  }
#pragma weave parallel_for collapse(2)
  for (int i = 0; i < n; ++i) {
    if (a[i]) // expected-error {{and a branch stands between them}}
      work(i);
    for (int j = 0; j < n; ++j)
      ;
  }
#pragma weave parallel_for collapse(2)
  for (int i = 0; i < n; ++i) {
    // expected-error@+1 {{and a directive stands between them}}
#pragma weave parallel_for
    for (int j = 0; j < n; ++j)
      ;
  }
#pragma weave parallel_for collapse(2)
  for (int i = 0; i < n; ++i) // expected-error {{'collapse(2)' needs 2 loops nested directly in each other; their number here is 1}}
    work(i);
  // expected-error@+1 {{'collapse' needs a constant number of loops, from 1 to 255}}
#pragma weave parallel_for collapse(0)
  for (int i = 0; i < n; ++i)
    ;
  // expected-error@+1 {{'collapse' needs a constant number of loops, from 1 to 255}}
#pragma weave parallel_for collapse(n)
  for (int i = 0; i < n; ++i)
    ;
  // expected-error@+1 {{'grainsize' needs a number of iterations, and '2.5' has type 'double'}}
#pragma weave parallel_for grainsize(2.5)
  for (int i = 0; i < n; ++i)
    ;
  // expected-error@+1 {{'grainsize' needs at least one iteration, and '1 - 4' is -3}}
#pragma weave parallel_for grainsize(1 - 4)
  for (int i = 0; i < n; ++i)
    ;
#pragma weave parallel_for collapse(2) // expected-note {{the directive is here}}
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j)
      break; // expected-error {{'break' leaves the body of the parallel loop}}
}

void blocks(int n, std::vector<int> &v) {
#pragma weave parallel_for staged
  for (int i = 0; i < n; ++i) // expected-error {{'parallel_for staged' must stand before a block that holds a 'for' loop}}
    ;
#pragma weave parallel_for staged
  { // expected-error {{'parallel_for staged' must stand before a block that holds a 'for' loop}}
    work(n);
  }
#pragma weave parallel_for
  { // expected-error {{'parallel_for' must stand before a 'for' loop}}
    for (int i = 0; i < n; ++i)
      ;
  }
#pragma weave parallel_for staged
  {
    const auto mine = v;
    for (int x : mine) // expected-error {{the header of a staged loop must not depend on 'mine', which each piece makes anew; declare it in front of the block}}
      work(x);
  }
#pragma weave parallel_for staged // expected-note {{the directive is here}}
  {
    for (int x : v)
      if (x)
        break; // expected-error {{'break' leaves the body of the parallel loop}}
  }
  // expected-error@+1 {{'staged' and 'collapse' cannot be combined}}
#pragma weave parallel_for staged collapse(2)
  {
  }
  int sum = 0;
  // expected-error@+1 {{'staged' and 'reproducible' cannot be combined}}
#pragma weave parallel_for staged reproducible reduction(+: sum)
  {
  }
  // expected-error@+1 {{'reproducible' makes no sense without 'reduction'}}
#pragma weave parallel_for reproducible
  for (int x : v)
    ;
  // expected-error@+1 {{'identity' must stand behind a 'reduction'}}
#pragma weave parallel_for identity(3) reduction(+: sum)
  for (int x : v)
    sum += x;
  // expected-error@+1 {{'identity' must stand behind the 'reduction' that it belongs to}}
#pragma weave parallel_for reduction(+: sum) identity(3) identity(4)
  for (int x : v)
    sum += x;
}


void reductions(int n) {
  const int fixed = 2;
  // expected-error@+1 {{'fixed' cannot be reduced: it is const}}
#pragma weave parallel_for reduction(+: fixed)
  for (int i = 0; i < n; ++i)
    ;
}
