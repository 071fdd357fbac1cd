// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What is no operand of depends_on, and what is no section.
// RUN: %verify

#include <array>
#include <deque>
#include <vector>

void work(const int *);
int get(int);
int &reference();
template <class T> struct pair {
  T *p;
  int bit : 3;
  double rows[4][5];
};

void operands(int n, int *p, pair<int> &s) {
  int variable[n];
#pragma weave spawn depends_on(in: n + 1) // expected-error {{'n + 1' is no operand of 'depends_on': it is a value, not an object}}
  work(p);
#pragma weave spawn depends_on(out: get(n)) // expected-error {{it is a value, not an object}}
  work(p);
#pragma weave spawn depends_on(in: pair<int>{}.rows) // expected-error {{it is a value, not an object}}
  work(p);
#pragma weave spawn depends_on(in: static_cast<int &&>(n)) // expected-error {{it is a value, not an object}}
  work(p);
#pragma weave spawn depends_on(inout: s.bit) // expected-error {{'s.bit' is no operand of 'depends_on': it is a bit-field; name what holds it}}
  work(p);
#pragma weave spawn depends_on(in: work) // expected-error {{'work' is no operand of 'depends_on': it is a function}}
  work(p);
#pragma weave spawn depends_on(in: variable) // expected-error {{it is an array whose length only the run tells; use a pointer to its first element}}
  work(variable);
#pragma weave spawn depends_on(in: reference(), s, s.p[n], *p, s.rows; out: n)
  work(p);
#pragma weave sync
}

void bases(int n, int *p, int **pp, std::deque<int> &d, std::vector<std::vector<int>> &vv) {
  int rows[n][n];
#pragma weave spawn depends_on(in: d[0:2]) // expected-error {{'d[0:2]' is no section: 'std::deque<int>' is neither an array nor a pointer, nor a container of elements that lie one behind the other}}
  work(p);
#pragma weave spawn depends_on(in: pp[0:2][0:n]) // expected-error {{'pp[0:2][0:n]' is no section: its rows are behind pointers, and may lie anywhere; name the rows one by one}}
  work(p);
#pragma weave spawn depends_on(in: vv[0:2][0:n]) // expected-error {{its rows are behind pointers, and may lie anywhere; name the rows one by one}}
  work(p);
#pragma weave spawn depends_on(in: *pp[0:2]) // expected-error {{'*pp[0:2]' is no section: it does not end in subscripts of one array; put parentheses around what is in front of them}}
  work(p);
#pragma weave spawn depends_on(in: n + p[0:2]) // expected-error {{it does not end in subscripts of one array; put parentheses around what is in front of them}}
  work(p);
#pragma weave spawn depends_on(in: n[p:2]) // expected-error {{it does not end in subscripts of one array}}
  work(p);
#pragma weave spawn depends_on(in: rows[0:2][0:2]) // expected-error {{the rows have a length that only the run tells; use a pointer to the first element}}
  work(p);
#pragma weave spawn depends_on(in: p[0:]) // expected-error {{'p[0:]' is no section: it has no length, and how many elements are behind a pointer is not known}}
  work(p);
#pragma weave spawn depends_on(in: vv[n][0:2], pp[n][0:2], (*pp)[0:2])
  work(p);
#pragma weave sync
}

void numbers(int n, int *p, double x) {
#pragma weave spawn depends_on(in: p[0:x]) // expected-error {{the length of a section must be an integer, and 'x' has type 'double'}}
  work(p);
#pragma weave spawn depends_on(in: p[0:2:p]) // expected-error {{the stride of a section must be an integer, and 'p' has type 'int *'}}
  work(p);
#pragma weave spawn depends_on(in: p[0:3 - 4]) // expected-error {{the length of a section must be at least 0, and '3 - 4' is -1}}
  work(p);
#pragma weave spawn depends_on(in: p[n:2:0]) // expected-error {{the stride of a section must be at least 1, and '0' is 0}}
  work(p);
#pragma weave spawn depends_on(in: p[n:0])
  work(p);
#pragma weave sync
}

void iterators(int n, int *p, double x) {
#pragma weave spawn depends_on(iterator(j = 0:x), in: p[n]; out: p[0:int(j)]) // expected-error {{an iterator counts, and 'j' has type 'double', which is no integer}}
  work(p);
#pragma weave spawn depends_on(iterator(j = n:0), in: p[j])
  work(p);
#pragma weave sync
}
