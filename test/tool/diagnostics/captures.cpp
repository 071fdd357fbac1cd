// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %verify

int work(int);
struct fields {
  int a : 3;
  int b : 4;
};

void captures(fields f) {
  auto [a, b] = f;
#pragma weave spawn
  a = b; // expected-error {{bit-field 'a' cannot be borrowed by a task; copy it to a variable first}}
  union {
    int number;
    float real;
  };
  number = 3;
#pragma weave spawn
  work(number); // expected-error {{a task cannot capture a member of an anonymous union; give the union a name}}
}
