// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %verify

void work(int);
thread_local int own;

void uses(int n) {
#pragma weave spawn // expected-note {{the directive is here}}
  work(own); // expected-warning {{a task uses 'own', which is thread_local: it may run on any thread [-Wweave-thread-local]}}
#pragma weave parallel_for // expected-note {{the directive is here}}
  for (int i = 0; i < n; ++i)
    own += i; // expected-warning {{a parallel loop uses 'own', which is thread_local: an iteration may run on any thread}}
  own = 1;
}
