// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A task that cannot have a copy, and a function that changes the variable meanwhile: the user must say what is meant.
// RUN: %verify

int work(int);

void another_name(int n) {
  int x = 0, *p = &n;
#pragma weave spawn // expected-note {{the directive is here}}
  {
    *p = 5;
    x = n;
  }
  n = 7; // expected-warning {{'n' is changed here while a task may be running that uses it by reference, because it may change it under another name; name it in 'shared' if the task shall see the change, else in 'firstprivate'}}
#pragma weave sync
  n = 8;
  work(x + n);
}

void kept_address(int n) {
  const int *p = nullptr;
  const int &r = n;
  for (int i = 0; i < 3; ++i) {
#pragma weave spawn
    p = &r;
#pragma weave sync
    ++n;
  }
  work(*p);
}

void kept(const int &n, int *out, int i) {
  for (; i < 3; ++i) { // expected-warning {{'i' is changed here while a task may be running that uses it by reference, because it may keep its address; name it in 'shared' if the task shall see the change, else in 'firstprivate'}}
    auto *where = &out[i];
#pragma weave spawn // expected-note {{the directive is here}}
    throw [&i, where, &n] { return where + i + n; };
  }
}

void told(int n, int m) {
  int x = 0, y = 0, *p = &n, *q = &m;
#pragma weave spawn firstprivate(n)
  {
    *p = 5;
    x = n;
  }
#pragma weave spawn firstprivate(m)
  {
    *q = 5;
    y = m;
  }
  n = m = 7;
#pragma weave sync
  work(x + y);
}
