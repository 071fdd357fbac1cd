// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The parts of a section are C++: Clang checks them.
// RUN: %verify

void work(const int *);

void sections(int n, int *p) {
  double a[6][7];
#pragma weave spawn depends_on(in: n[0:3]) // expected-error {{subscripted value is not an array, pointer, or vector}}
  work(p);
#pragma weave spawn depends_on(in: a[0:2][0:2][0:2]) // expected-error {{subscripted value is not an array, pointer, or vector}}
  work(p);
#pragma weave spawn depends_on(in: absent[0:2]) // expected-error {{use of undeclared identifier 'absent'}}
  work(p);
#pragma weave spawn depends_on(in: p[0:absent]) // expected-error {{use of undeclared identifier 'absent'}}
  work(p);
#pragma weave spawn depends_on(iterator(j = 0:absent), in: p[j]) // expected-error {{use of undeclared identifier 'absent'}}
  work(p);
#pragma weave spawn depends_on(iterator(j = n:p), in: a[j][0]) // expected-error {{incompatible operand types}}
  work(p);
#pragma weave spawn depends_on(iterator(j = 0:n:1.5), in: p[j]) // expected-error {{invalid operands to binary expression}}
  work(p);
#pragma weave spawn depends_on(in: p[j]) // expected-error {{use of undeclared identifier 'j'}}
  work(p);
}
