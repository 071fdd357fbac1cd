// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %verify
// The fix-its:
// RUN: not %weavec --check %s -- -ferror-limit=0 -fdiagnostics-parseable-fixits 2>&1 | %FileCheck %s

void work(int);

void clauses(int n, int *p) {
#pragma weave spawn frobnicate // expected-error-re {{unknown clause 'frobnicate' on weave directive 'spawn'{{$}}}}
#pragma weave spawn firstprivat(n) // expected-error {{unknown clause 'firstprivat' on weave directive 'spawn'; did you mean 'firstprivate'?}}
#pragma weave parallel_for depends_on(in: n) // expected-error {{clause 'depends_on' is not supported yet}}
  // CHECK: fix-it:{{.*}}:{[[#@LINE+1]]:21-[[#@LINE+1]]:37}:""
#pragma weave spawn reduction(+: n) // expected-error {{clause 'reduction' does not apply to weave directive 'spawn'}}
#pragma weave parallel_for move(n) // expected-error {{clause 'move' does not apply to weave directive 'parallel_for'}}
#pragma weave depends_on(in: n) if(n) // expected-error {{clause 'if' does not apply to weave directive 'depends_on'}}
#pragma weave spawn handle(n) // expected-error {{'handle' needs a variable of type 'weave::handle', and 'n' has type 'int'}}
#pragma weave spawn 5 // expected-error {{expected a clause, found '5'}}
  work(*p);
}

void operands(int n, int *p) {
#pragma weave spawn depends_on // expected-error {{expected '(' after 'depends_on'}}
#pragma weave spawn depends_on() // expected-error {{expected 'in:', 'out:', 'inout:', 'commutative:' or 'concurrent:', found ')'}}
#pragma weave spawn depends_on(inn: n) // expected-error {{expected 'in:', 'out:', 'inout:', 'commutative:' or 'concurrent:', found 'inn'}}
#pragma weave spawn depends_on(in n) // expected-error {{expected ':' after 'in'}}
#pragma weave spawn depends_on(n) // expected-error {{'depends_on' with flow events is not supported yet}}
#pragma weave spawn depends_on(in: ) // expected-error {{expected an operand in 'depends_on'}}
#pragma weave spawn depends_on(in: n, ) // expected-error {{expected an operand in 'depends_on'}}
#pragma weave spawn depends_on(in: n ? p[0:n] : p) // expected-error {{only subscripts can stand behind an array section, found ':'}}
#pragma weave spawn depends_on(in: p[p[0:n]]) // expected-error {{an array section can only be the end of an operand of 'depends_on' or 'reduction'}}
#pragma weave spawn depends_on(iterator(j), in: p[j]) // expected-error {{expected 'iterator(name = first:last)', found ')'}}
#pragma weave spawn depends_on(iterator(j = 0), in: p[j]) // expected-error {{expected 'iterator(name = first:last)', found ')'}}
#pragma weave spawn depends_on(iterator(j = 0:), in: p[j]) // expected-error {{expected 'iterator(name = first:last)', found ')'}}
#pragma weave spawn depends_on(iterator(j = 0:n) in: p[j]) // expected-error {{expected ',' behind 'iterator'}}
#pragma weave spawn depends_on(iterator(j = 0:n:2:3), in: p[j]) // expected-error {{expected ')' at the end of 'iterator'}}
#pragma weave spawn if(p[0:n]) // expected-error {{an array section can only be the end of an operand of 'depends_on' or 'reduction'}}
#pragma weave spawn depends_on(in: p[0:n].x) // expected-error {{only subscripts can stand behind an array section, found '.'}}
#pragma weave spawn depends_on(in: p[0:n:2:3]) // expected-error {{expected ']' at the end of an array section}}
#pragma weave spawn depends_on(in: p[0:n) // expected-error {{expected ']' at the end of an array section}}
  // expected-error@+1 {{expected ')' to match this '('}}
#pragma weave spawn depends_on(in: (n
  // expected-error@+1 {{expected ')' at the end of 'depends_on'}}
#pragma weave spawn depends_on(in: n
#pragma weave parallel_for reduction(n) // expected-error {{expected ':' after the reduction operator}}
#pragma weave parallel_for reduction(-: n) // expected-error {{unknown reduction operator '-'}}
#pragma weave parallel_for reduction(+ n) // expected-error {{expected ':' after the reduction operator}}
#pragma weave parallel_for reduction(+: *p) // expected-error {{expected the name of a variable in 'reduction'}}
#pragma weave parallel_for reduction(+: p->) // expected-error {{expected the name of a variable in 'reduction'}}
#pragma weave parallel_for reduction(+: p[0:n:2]) // expected-error {{a section in 'reduction' has one first element and one length: 'p[first:length]'}}
#pragma weave parallel_for reduction(+: p[0:]) // expected-error {{a section in 'reduction' has one first element and one length: 'p[first:length]'}}
#pragma weave parallel_for reduction(+: p[0:1][2:3]) // expected-error {{a section in 'reduction' has one first element and one length: 'p[first:length]'}}
#pragma weave parallel_for reduction(+: p[0:2] + 1) // expected-error {{only subscripts can stand behind an array section, found '+'}}
  // expected-error@+1 {{expected ']' at the end of an array section}}
#pragma weave parallel_for reduction(+: p[0:n
#pragma weave parallel_for reduction(+: p[0]) // expected-error {{expected the name of a variable in 'reduction'}}
#pragma weave parallel_for reduction(+: n) reduction(*: n) // expected-error {{'n' is already named by 'reduction'}}
  for (;;)
    ;
}

void lists(int n, int *p, const int c) {
  static int s;
  int a[3] = {};
#pragma weave spawn shared n // expected-error {{expected '(' after 'shared'}}
#pragma weave spawn shared() // expected-error {{expected an operand in 'shared'}}
#pragma weave spawn shared(*p) // expected-error {{expected the name of a variable in 'shared'}}
#pragma weave spawn move(p + 1) // expected-error {{expected the name of a variable in 'move'}}
#pragma weave spawn shared(n) firstprivate(n) // expected-error {{'n' is already named by 'shared'}}
#pragma weave parallel_for reduction(+: n) private(n) // expected-error {{'n' is already named by 'reduction'}}
  // CHECK: fix-it:{{.*}}:{[[#@LINE+1]]:29-[[#@LINE+1]]:35}:"none"
#pragma weave spawn default(shared) // expected-error {{expected 'none' in 'default', found 'shared'}}
  // CHECK: fix-it:{{.*}}:{[[#@LINE+1]]:35-[[#@LINE+1]]:49}:""
#pragma weave spawn default(none) default(none) // expected-error {{clause 'default' is given twice}}
#pragma weave spawn if(n) if(n > 1) // expected-error {{clause 'if' is given twice}}
#pragma weave spawn if() // expected-error {{expected an operand in 'if'}}
#pragma weave spawn label(n) // expected-error {{expected a string literal in 'label'}}
#pragma weave spawn label("a") label("b") // expected-error {{clause 'label' is given twice}}
#pragma weave spawn shared(work) // expected-error {{'work' cannot be named by 'shared': it is not a variable}}
  work(n);
#pragma weave spawn move(a) // expected-error {{'a' cannot be named by 'move': it is an array}}
  work(a[0]);
#pragma weave spawn move(c) // expected-error {{'c' cannot be named by 'move': it is const}}
  work(c);
#pragma weave spawn depends_on(in: n) firstprivate(n) // expected-error {{'n' is already named by 'depends_on', which passes it by reference}}
  work(n);
#pragma weave parallel_for firstprivate(a)
  for (int i = 0; i < 3; ++i)
    a[i] = i; // expected-error {{the loop changes its own copy of 'a', which is an array; use a std::array}}
#pragma weave spawn default(none) firstprivate(n) // expected-note {{the directive is here}}
  work(n + s + *p); // expected-error {{'p' is used, but 'default(none)' asks that a clause name it}}
}

void labels(int n) {
#pragma weave spawn label("first") // expected-note {{the directive of task 'first' is here}}
  {
    work(n);
    return; // expected-error {{'return' leaves the spawned statement}}
  }
}

template <class... T> void packs(T... values) {
#pragma weave spawn move(values...) // expected-error {{'values...' cannot be named by 'move': it is a parameter pack}}
  (work(values), ...);
}
