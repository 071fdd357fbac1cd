// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Sections and arrays that no reduction can have.
// RUN: %verify

#include <vector>

struct number {
  operator int() const;
} one;
extern long others[9];
void sections(std::vector<long> v, int n, const long *fixed, double d) {
  long rows[n];
  static const int constants[2] = {};
  // expected-error@+1 {{'v' cannot have a section, since its type is 'std::vector<long>'; bind a pointer to the first element, and name that: p[0:length]}}
#pragma weave parallel_for reduction(+: v[0:10])
  for (int i = 0; i < 10; ++i)
    v[i] += i;
  // expected-error@+1 {{'rows' cannot be reduced: only the run tells the length of the array; reduce a section of a pointer to its elements: reduction(+: p[0:length])}}
#pragma weave parallel_for reduction(+: rows)
  for (int i = 0; i < 10; ++i)
    rows[i % n] += i;
  // expected-error@+1 {{'fixed' cannot be reduced: it is const}}
#pragma weave parallel_for reduction(+: fixed[0:n])
  for (int i = 0; i < 10; ++i)
    n += fixed[i];
  // expected-error@+1 {{'constants' cannot be reduced: it is const}}
#pragma weave parallel_for reduction(+: constants)
  for (int i = 0; i < 10; ++i)
    n += constants[0];
  long *p = &v[0];
  // expected-error@+2 {{the length of a section is an integer, and 'd' has type 'double'}}
  // expected-error@+1 {{the first element of a section is an integer, and 'one' has type 'struct number'}}
#pragma weave parallel_for reduction(+: p[2:d]) reduction(max: others[one:1])
  for (int i = 0; i < 10; ++i)
    p[i] += i;
}
