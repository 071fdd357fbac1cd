// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a reduction cannot name.
// RUN: %verify

struct counts {
  int plain = 0, bits : 3;
  counts *next = nullptr;
  void reduce(int n) {
    // expected-error@+1 {{'bits' cannot be reduced: it is no variable, nor a member of one or of 'this'; bind a reference to what it names, and name that}}
#pragma weave parallel_for reduction(+: bits)
    for (int i = 0; i < n; ++i)
      bits += i;
    // expected-error@+1 {{'next->plain' cannot be reduced: it is no variable}}
#pragma weave parallel_for reduction(+: next->plain)
    for (int i = 0; i < n; ++i)
      next->plain += i;
    // expected-error@+1 {{'plain' cannot be reduced: a lambda, a macro or another directive in the loop uses it; bind a reference to it, and use that everywhere}}
#pragma weave parallel_for reduction(+: plain)
    for (int i = 0; i < n; ++i)
      [this, i] { plain += i; }();
  }
};

int global;
namespace inside {
int other;
}
using namespace inside;
void qualified(int n) {
  // expected-error@+1 {{'other' cannot be named by 'firstprivate': it is used under a qualified name, which names the variable itself}}
#pragma weave spawn firstprivate(other, global)
  inside::other = n + global;
}

void rows(int n) {
  long a[n][n];
  long(*p)[n] = nullptr;
#pragma weave parallel_for
  for (auto &row : a) // expected-error {{have a length that only the run tells; count them with an index}}
    row[0] = 1;
#pragma weave spawn
  p = nullptr; // expected-error {{a task cannot borrow 'p', a pointer to rows whose length only the run tells}}
}
