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
#pragma weave sync_scope // expected-error {{weave directive 'sync_scope' is not supported yet}}
#pragma weave load_balance // expected-error {{weave directive 'load_balance' is not supported yet}}
#pragma weave sync now // expected-error {{clause 'now' does not apply to weave directive 'sync'}}
#pragma weave sync(n) // expected-error {{'sync' with operands is not supported yet}}
  work(n);
}
