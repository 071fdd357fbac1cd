// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %verify

void work(int);

void clauses(int n, int *p) {
#pragma weave spawn frobnicate // expected-error-re {{unknown clause 'frobnicate' on weave directive 'spawn'{{$}}}}
#pragma weave spawn firstprivat(n) // expected-error {{unknown clause 'firstprivat' on weave directive 'spawn'; did you mean 'firstprivate'?}}
#pragma weave spawn move(n) // expected-error {{clause 'move' is not supported yet}}
#pragma weave spawn default(none) // expected-error {{clause 'default' is not supported yet}}
#pragma weave spawn if(n) // expected-error {{clause 'if' is not supported yet}}
#pragma weave parallel_for staged // expected-error {{clause 'staged' is not supported yet}}
#pragma weave parallel_for collapse(2) // expected-error {{clause 'collapse' is not supported yet}}
#pragma weave parallel_for depends_on(in: n) // expected-error {{clause 'depends_on' is not supported yet}}
#pragma weave spawn reduction(+: n) // expected-error {{clause 'reduction' does not apply to weave directive 'spawn'}}
#pragma weave parallel_for move(n) // expected-error {{clause 'move' does not apply to weave directive 'parallel_for'}}
#pragma weave depends_on(in: n) if(n) // expected-error {{clause 'if' does not apply to weave directive 'depends_on'}}
#pragma weave spawn 5 // expected-error {{expected a clause, found '5'}}
  work(*p);
}

void operands(int n, int *p) {
#pragma weave spawn depends_on // expected-error {{expected '(' after 'depends_on'}}
#pragma weave spawn depends_on() // expected-error {{expected 'in:', 'out:' or 'inout:', found ')'}}
#pragma weave spawn depends_on(inn: n) // expected-error {{expected 'in:', 'out:' or 'inout:', found 'inn'}}
#pragma weave spawn depends_on(in n) // expected-error {{expected ':' after 'in'}}
#pragma weave spawn depends_on(n) // expected-error {{'depends_on' with flow events is not supported yet}}
#pragma weave spawn depends_on(in: ) // expected-error {{expected an operand in 'depends_on'}}
#pragma weave spawn depends_on(in: n, ) // expected-error {{expected an operand in 'depends_on'}}
#pragma weave spawn depends_on(in: p[0:n]) // expected-error {{array sections in 'depends_on' are not supported yet}}
  // expected-error@+1 {{expected ')' to match this '('}}
#pragma weave spawn depends_on(in: (n
  // expected-error@+1 {{expected ')' at the end of 'depends_on'}}
#pragma weave spawn depends_on(in: n
#pragma weave parallel_for reduction(n) // expected-error {{unknown reduction operator 'n'; expected one of '+ * & | ^ && || min max'}}
#pragma weave parallel_for reduction(-: n) // expected-error {{unknown reduction operator '-'}}
#pragma weave parallel_for reduction(+ n) // expected-error {{expected ':' after the reduction operator}}
#pragma weave parallel_for reduction(+: *p) // expected-error {{expected the name of a variable in 'reduction'}}
#pragma weave parallel_for reduction(+: n) reduction(*: n) // expected-error {{'n' is named twice in reductions of one loop}}
  for (;;)
    ;
}
