// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Words of OpenMP, Cilk and oneTBB: what it is called here. All that is wrong with a line is said at once.
// RUN: %verify

void work(int);

void words(int n) {
#pragma weave taskwait // expected-error {{'taskwait' is no directive of weave: waiting for tasks is 'sync'}}
#pragma weave task // expected-error {{'task' is no directive of weave: a task is 'spawn'}}
#pragma weave cilk_spawn // expected-error {{'cilk_spawn' is no directive of weave: a task is 'spawn'}}
#pragma weave parallel for // expected-error {{'parallel' is no directive of weave: a parallel loop is 'parallel_for'}}
  // expected-error@+3 {{'schedule' is no clause of weave: a loop divides itself as workers ask for work; leave it out, or bound the pieces with 'grainsize(N)'}}
  // expected-error@+2 {{'num_threads' is no clause of weave: the number of workers is the program's}}
  // expected-error@+1 {{unknown clause 'frobnicate' on weave directive 'parallel_for'}}
#pragma weave parallel_for schedule(dynamic, 4) num_threads(8) collapse(1) frobnicate nowait
  // expected-error@+2 {{'reduce' is no clause of weave: a combined result is 'reduction(op: x)'}}
  // expected-error@+1 {{'depend' is no clause of weave: an order of tasks is 'depends_on(in: ...; out: ...)'}}
#pragma weave parallel_for reduce(+: n), depend(in: n)
  // expected-error@+2 {{expected '(' after 'shared'}}
  // expected-error@+1 {{clause 'move' does not apply to weave directive 'parallel_for'}}
#pragma weave parallel_for shared n move(n)
  work(n);
}
