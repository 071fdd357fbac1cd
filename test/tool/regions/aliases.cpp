// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A region copies a variable only if nobody but its own function's statements writes it, and the region does not. RACES: only its text matters.
// RUN: %transform | %FileCheck %s

int work(int);

void by_pointer(int n, int m) {
  int *p = &n, x;
  {
    // CHECK: region([p, &x, &n, m](auto &weave_frame_[[#@LINE+2]])
    int y;
#pragma weave spawn
    y = work(5);
    *p = 7;
    x = n + m;
#pragma weave sync
    x += y;
  }
}

void by_lambda(int n) {
  auto increment = [&n] { ++n; };
  {
    // CHECK: region([&increment, &n](
    int y;
#pragma weave spawn
    y = work(5);
    increment();
    y += n;
  }
}

void by_assignment(int n, int m) {
  n = work(n); // before the region
  {
    // CHECK: region([n, &m](
    int y;
#pragma weave spawn
    y = work(n);
    m = 3;
#pragma weave sync
    work(m + y);
  }
}

int by_reference(int n, int m) {
  auto pass = [](int &r) -> int & { return r; };
  {
    // CHECK: region([m, &pass, &n](
    int y;
#pragma weave spawn
    y = work(m);
    pass(n = 4) += y;
  }
  return n;
}

template <class T> void bump(T &a) { a += 1; }
template <class T> int unresolved(T t, int n, int m) {
  // CHECK: region([m, &n, &t](
  int y = 0;
#pragma weave spawn
  y = work(m);
  bump<T>(n);
#pragma weave sync
  return n + y + int(t);
}
template int unresolved(int, int, int);

void in_lambda(int n) {
  const auto inner = [&](int own) {
    // CHECK: region([own, &n](
    int y;
#pragma weave spawn
    y = work(own);
    y += n;
#pragma weave sync
    work(y);
  };
  inner(1);
}
