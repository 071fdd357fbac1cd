// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %verify

int work(int);

int out(int n) {
  int x = 0;
#pragma weave spawn // expected-note {{the directive is here}}
  return 3; // expected-error {{'return' leaves the spawned statement}}
  // The innermost of two is named.
#pragma weave spawn
  {
#pragma weave spawn // expected-note {{the directive is here}}
    {
      if (n)
        return 2; // expected-error {{'return' leaves the spawned statement}}
    }
  }
  for (;;) {
#pragma weave spawn // expected-note {{the directive is here}}
    break; // expected-error {{'break' leaves the spawned statement}}
#pragma weave spawn // expected-note {{the directive is here}}
    if (n)
      continue; // expected-error {{'continue' leaves the spawned statement}}
#pragma weave spawn // expected-note {{the directive is here}}
    goto behind; // expected-error {{'goto' leaves the spawned statement}}
#pragma weave spawn depends_on(out: x) // expected-note {{the directive is here}}
    {
      x = 1;
      break; // expected-error {{'break' leaves the spawned statement}}
    }
  }
behind:
  return x;
}

void in(int n) {
  int x = 0;
#pragma weave spawn // expected-note {{the directive is here}}
  {
  inside: // expected-error {{'goto' enters the spawned statement}}
    x = 4;
  }
  if (n)
    goto inside;
  switch (n) {
#pragma weave spawn // expected-note {{the directive is here}}
    {
    case 2: // expected-error {{'case' label enters the spawned statement}}
      x = 5;
    }
  }
}

int loops(int n) {
#pragma weave parallel_for // expected-note 2 {{the directive is here}}
  for (int i = 0; i < n; ++i) {
    if (i == 1)
      break; // expected-error {{'break' leaves the body of the parallel loop}}
    if (i == 2)
      return 3; // expected-error {{'return' leaves the body of the parallel loop}}
    while (work(i))
      break;
    auto f = [] { return 1; };
    work(f());
  }
  return 0;
}

void bypass(int n) {
  switch (n) {
  case 1:
    int x;
#pragma weave spawn // expected-note {{the directive is here}}
    x = work(1);
    break;
  case 2: // expected-error {{the task borrows 'x', but a jump to this label bypasses the place where it would be waited for; add braces}}
    break;
  }
}

void into_scope(int n) {
  if (n)
    goto inside;
#pragma weave sync_scope // expected-note {{the directive is here}}
  {
    work(n);
  inside: // expected-error {{'goto' enters the block of the 'sync_scope'}}
    work(n);
  }
}
