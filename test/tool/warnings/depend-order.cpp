// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A task reads what only a later one writes.
// RUN: %verify

void work(int);

void late() {
  int a, b = 1, c;
  int field[2];
#pragma weave spawn depends_on(in: a) // expected-warning {{the task reads 'a', which no earlier task writes, but a later one does [-Wweave-depend-order]}}
  work(a);
#pragma weave spawn depends_on(out: a) // expected-note {{the later task is spawned here}}
  a = 1;
#pragma weave spawn depends_on(in: field[1]) // expected-warning {{the task reads 'field[1]'}}
  work(field[1]);
#pragma weave spawn depends_on(out: field[0])
  field[0] = 1;
#pragma weave spawn depends_on(out: field[1]) // expected-note {{the later task is spawned here}}
  field[1] = 1;
  // What the function has written may be read first and written later.
#pragma weave spawn depends_on(in: b)
  work(b);
#pragma weave spawn depends_on(out: b)
  b = 1;
  c = 2;
#pragma weave spawn depends_on(in: c)
  work(c);
#pragma weave spawn depends_on(inout: c)
  ++c;
}

// In the second iteration the writer comes first.
void around(int n) {
  int a;
  for (int i = 0; i < n; ++i) {
#pragma weave spawn depends_on(in: a)
    work(a);
#pragma weave spawn depends_on(out: a)
    a = i;
  }
}

// What an earlier section writes may be read, and a section need not hold the element.
void sections(int n) {
  int field[9], other[9];
#pragma weave spawn depends_on(out: field[0:3])
  work(field[0] = 1);
#pragma weave spawn depends_on(in: field[2])
  work(field[2]);
#pragma weave spawn depends_on(out: field[2])
  field[2] = 1;
#pragma weave spawn depends_on(in: other[2])
  work(other[2]);
#pragma weave spawn depends_on(out: other[4:n])
  other[4] = 1;
#pragma weave spawn depends_on(in: other[3:n])
  work(other[3]);
#pragma weave spawn depends_on(out: other[3])
  other[3] = 1;
}
