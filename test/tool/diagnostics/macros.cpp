// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %verify

int work(int);
#define SPAWN(x) _Pragma("weave spawn") x

#define TWICE(x) x x

void directive(int n) {
  SPAWN(work(n);) // expected-error {{weave directive in the body of a macro; write it where the macro is used}}
}

void twice(int n) {
  TWICE(_Pragma("weave spawn") work(n);) // expected-error {{weave directive stands in a macro argument that is expanded more than once}}
}
