// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A condition in the body of a parallel loop does not make a race go away: several iterations may meet it.
// RUN: %verify
// RUN: %weavec --check %s 2>&1 | %FileCheck %s

long work(long);

long counts(const int *v, int n) {
  long evens = 0;
#pragma weave parallel_for // expected-note {{combine what the iterations contribute with 'reduction(+: evens)'}}
  for (int i = 0; i < n; ++i)
    if (v[i] % 2 == 0)
      ++evens; // expected-warning {{'evens' is written here by some iterations of this parallel loop while others write it [-Wweave-race]}}
  return evens;
}

int maximum(const int *v, int n) {
  int best = 0;
  // CHECK: {{^ *\| +}}reduction(max: best)
#pragma weave parallel_for // expected-note {{combine what the iterations contribute with 'reduction(max: best)'}}
  for (int i = 0; i < n; ++i)
    if (v[i] > best) // expected-note {{read here}}
      best = v[i];   // expected-warning {{'best' is written here by some iterations of this parallel loop while others read it}}
  return best;
}

int minimum(const int *v, int n) {
  int least = v[0];
  // CHECK: {{^ *\| +}}reduction(min: least)
#pragma weave parallel_for // expected-note {{reduction(min: least)}}
  for (int i = 1; i < n; ++i)
    if (v[i] < least) // expected-note {{read here}}
      least = v[i];   // expected-warning {{'least' is written here by some iterations}}
  return least;
}

int skipped(const int *v, int n) {
  long sum = 0;
#pragma weave parallel_for // expected-note {{reduction(+: sum)}}
  for (int i = 0; i < n; ++i) {
    if (v[i] < 0)
      continue;
    sum += v[i]; // expected-warning {{'sum' is written here by some iterations}}
  }
  return sum;
}

int either(const int *v, int n) {
  int where = -1;
#pragma weave parallel_for // expected-note {{the directive is here}}
  for (int i = 0; i < n; ++i)
    if (v[i] == 7)
      where = i; // expected-warning {{if two iterations of this parallel loop come here, both write 'where' [-Wweave-race-maybe]}}
  return where;
}

// One iteration writes, but all read.
long first(const int *v, int n) {
  long base = 0, all[100];
#pragma weave parallel_for // expected-note {{the directive is here}}
  for (int i = 0; i < n; ++i) {
    if (i == 0)
      base = work(v[0]); // expected-warning {{'base' is written here by some iterations of this parallel loop while others read it}}
    all[i] = base + v[i]; // expected-note {{read here}}
  }
  return all[n - 1];
}

void counter(int n) {
#pragma weave parallel_for // expected-note {{the directive is here}}
  for (int i = 0; i < n; ++i) {
    static int calls = 0;
    ++calls; // expected-warning {{all write 'calls'}}
    work(i);
  }
}
