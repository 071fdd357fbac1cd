// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %verify
// The fix-it of a misspelt word:
// RUN: not %weavec --check %s -- -ferror-limit=0 2>&1 | %FileCheck %s

void work(int);

void words(int n) {
#pragma weave spwan // expected-error {{unknown weave directive 'spwan'; did you mean 'spawn'?}}
  // CHECK: :[[#@LINE-1]]:15: error: unknown weave directive 'spwan'
  // CHECK-NEXT: #pragma weave spwan
  // CHECK-NEXT: ^~~~~
  // CHECK-NEXT: spawn
#pragma weave frobnicate // expected-error-re {{unknown weave directive 'frobnicate'{{$}}}}
#pragma weave // expected-error {{expected a directive after '#pragma weave'}}
#pragma weave 5 // expected-error {{unknown weave directive '5'}}
#pragma weave load_balance now // expected-error {{clause 'now' does not apply to weave directive 'load_balance'}}
#pragma weave sync_scope now // expected-error {{clause 'now' does not apply to weave directive 'sync_scope'}}
#pragma weave sync now // expected-error {{clause 'now' does not apply to weave directive 'sync'}}
#pragma weave sync() // expected-error {{expected an operand in 'sync'}}
#pragma weave sync(n // expected-error {{expected ')' at the end of 'sync'}}
  work(n);
#pragma weave sync_scope // expected-error {{'sync_scope' must stand before a block; put braces around the statement}}
  work(n);
  if (n)
#pragma weave load_balance // expected-error {{'load_balance' as the body of an 'if' needs braces}}
  work(n);
}

void awaited(int n, int *p) {
  int x = 0;
#pragma weave spawn
  p[0] = x;
#pragma weave sync(x) // expected-error {{no task in front of this 'sync' writes 'x'}}
#pragma weave sync(*p) // expected-error {{'sync' can wait for variables, and '*p' belongs to none}}
}
