// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A region sees what others write to the variables that it uses, and a task what it writes under another name.
// RUN: %same_everywhere

#include <cstdio>

static int work(int n) { return n + 1; }

static void outer_alias() {
  int n = 1, x = 0;
  int *p = &n;
  {
    int y;
#pragma weave spawn
    y = work(5);
    *p = 7;
    x = n;
#pragma weave sync
    x += y;
  }
  std::printf("alias %d\n", x);
}

static void outer_lambda() {
  int n = 1, x = 0;
  auto inc = [&n] { ++n; };
  {
    int y;
#pragma weave spawn
    y = work(5);
    inc();
    x = n;
#pragma weave sync
    x += y;
  }
  std::printf("lambda %d\n", x);
}

template <class T> static void bump(T &a) { a += 1; }
template <class T> static int dependent(T t, int n) {
  int y = 0;
#pragma weave spawn
  y = work(5);
  bump<T>(n);
#pragma weave sync
  return n + y + int(t);
}

static int written_by_reference(int p) {
  int &r = p, q = 0;
#pragma weave spawn
  {
    r += 1;
    q = p;
  }
#pragma weave sync
  return q;
}

static int read_by_reference(int p) {
  int &r = p, q = 0;
#pragma weave spawn
  {
    p += 1;
    q = r;
  }
#pragma weave sync
  return q;
}

static int operand_by_reference(int p) {
  int &r = p, q = 0;
#pragma weave spawn depends_on(inout: r)
  r += work(p);
#pragma weave spawn depends_on(in: r; out: q)
  q = work(r);
#pragma weave sync
  return p + q;
}

int main() {
  std::printf("%d %d %d\n", written_by_reference(1), read_by_reference(1), operand_by_reference(1));
  outer_alias();
  outer_lambda();
  std::printf("%d\n", dependent(1, 2));
}
