// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Macros of the user that have the names of words in generated text. They changed it, and the compiler stumbled over the result.
// RUN: %verify
// RUN: %python %S/Inputs/check_words.py
int work(int);

#define region 33    // expected-note {{it is defined here}}
#define iterations 5 // expected-note {{it is defined here}}
#define plus         // expected-note {{it is defined here}}
#define sync(x, y)   // expected-note {{it is defined here}}
#define join         // expected-note {{it is defined here}}

void tasks(int n) {
  int a, b; // expected-error {{the macro 'region' would change the text that the tool writes here; give it another name, or undefine it in front of the directive}}
#pragma weave spawn
  a = work(n);
  b = work(n);
#pragma weave sync // expected-error {{the macro 'join' would change the text}} expected-error {{the macro 'sync' would change the text}}
  work(a + b);
}

void loops(int *p) {
  int sum = 0;
#pragma weave parallel_for reduction(+: sum) // expected-error {{the macro 'iterations' would change the text}}
  for (int i = 0; i < 9; ++i)
    sum += p[i]; // expected-error {{the macro 'plus' would change the text}}
}

#undef iterations
#undef plus
#define parallel_for(x, y, z) // as an argument of a macro, a word is no less ours; expected-note {{it is defined here}}
#define elements work         // not written here
#define frame(x) x            // a function-like macro is none without its arguments

void free_of_them(int *p) {
#pragma weave parallel_for // expected-error {{the macro 'parallel_for' would change the text}}
  for (int i = 0; i < 5; ++i)
    p[i] = 1;
}
#define parallel_reduce 1 // comes later

void bit_or(int n) {
#define bit_or 3 // in the name of the function, which is a string there, it changes nothing
#pragma weave spawn
  work(n);
  work(n);
}
