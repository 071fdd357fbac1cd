// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %verify

void work(int);

#pragma weave spawn // expected-error {{weave directive is not attached to a statement}}
int global;

struct object {
  int a;
#pragma weave spawn // expected-error {{weave directive is not attached to a statement}}
  int b;
};

void statements(int n) {
  int x = 0;
  {
#pragma weave spawn // expected-error {{weave directive is not attached to a statement}}
  }
#pragma weave spawn // expected-error {{'spawn' must stand after the label}}
here:
  x = 3;
  switch (n) {
#pragma weave spawn // expected-error {{'spawn' must stand after the label}}
  case 1:
    x = 4;
#pragma weave spawn // expected-error {{'spawn' must stand after the label}}
  default:
    goto here;
  }
#pragma weave spawn
  int y = 3;
#pragma weave spawn // expected-error {{'spawn' cannot stand before a declaration without initialiser}}
  int z;
#pragma weave depends_on(in: x) // expected-error {{'depends_on' on a line of its own must stand before '#pragma weave spawn'}}
  work(n);
#pragma weave depends_on(in: x) // expected-error {{'depends_on' on a line of its own must stand before '#pragma weave spawn'}}
#pragma weave sync
#pragma weave parallel_for // expected-error {{'parallel_for' cannot stand before 'spawn'}}
#pragma weave spawn
  work(n);
#pragma weave spawn
#pragma weave sync // expected-error {{'spawn' cannot stand before 'sync'}}
#pragma weave spawn // expected-error {{'spawn' cannot stand before this statement}}
  ;
#define LOG(x)
#pragma weave spawn // for a macro that is empty in this build
  LOG(x);
}

void unbraced(int n) {
  if (n)
#pragma weave sync // expected-error {{'sync' as the body of an 'if' needs braces}}
  while (n)
#pragma weave sync // expected-error {{'sync' as the body of a loop needs braces}}
  switch (n)
#pragma weave sync // expected-error {{'sync' as the body of a 'switch' needs braces}}
  work(n);
}

void statement_expression(int n) {
  int x = ({
#pragma weave spawn // expected-error {{weave directive in a statement expression}}
    work(n);
    2;
  });
}
