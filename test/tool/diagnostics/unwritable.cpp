// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Places where the text cannot be edited.
// RUN: %verify -Wno-weave-race

int work(int);
#define TWO(x) work(x); work(x) + work(2)
#define HEADER(i, n) int i = 0; i < n
#define CLOSE \
  x = 5; \
  }
#define FIRST work(1); if (n)

void ends(int n) {
#pragma weave spawn
  TWO(n); // expected-error {{the statement ends inside a macro, where the tool cannot close the task; put braces around what it shall be}}
}

void header(int n, int *p) {
#pragma weave parallel_for
  for (HEADER(i, n); ++i) // expected-error {{the header of this loop comes from a macro, where the tool cannot insert; write the header where the directive stands}}
    p[i] = 0;
}

void block(int n) {
  {
    int x = 0;
#pragma weave spawn
    x = 3;
  CLOSE // expected-error {{the braces of the block that this task must not outlive come from a macro}}
}

void starts(int n) {
  FIRST { // expected-error {{the statement that holds this directive starts inside a macro, where the tool cannot insert}}
#pragma weave spawn
    work(n);
  }
}

void raw_string(int *p) {
#pragma weave parallel_for
  for (int i = R"(a
)"[0]; i < 3; ++i) // expected-error@-1 {{this expression cannot be written on one line}}
    p[i] = 0;
}
