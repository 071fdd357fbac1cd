// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A sync that has nothing to wait for.
// RUN: %verify

void work(int);

void never(int n) {
  work(n);
#pragma weave sync // expected-warning {{this 'sync' has no task to wait for [-Wweave-unused-task]}}
#pragma weave spawn
  work(n);
}

void twice(int n) {
#pragma weave spawn
  work(n);
#pragma weave sync
  work(n + 1);
#pragma weave sync // expected-warning {{no task to wait for}}
}

// The tasks of a lambda, or of a task, are its own.
void elsewhere(int n) {
#pragma weave spawn
  {
#pragma weave sync // expected-warning {{no task to wait for}}
    work(n);
  }
  auto f = [n] {
#pragma weave spawn
    work(n);
  };
#pragma weave sync
  f();
#pragma weave sync // expected-warning {{no task to wait for}}
}

void silent(int n) {
  for (int i = 0; i < n; ++i) {
#pragma weave sync
    work(i);
#pragma weave spawn
    work(i);
  }
  if (n > 1) {
#pragma weave sync
  }
#pragma weave sync
}

void jumps(int n) {
again:
#pragma weave sync
#pragma weave spawn
  work(n);
  if (n-- > 0)
    goto again;
}
