// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The region did not capture w, which nothing in it but the condition of its first directive uses, in front of a declaration.
// RUN: %same_everywhere
// RUN: %any_schedule
#include <cstdio>
#include <weave/weave.h>

struct wide {
  long a[10];
};

static long twice(long p) { return 2 * p; }

static long conditional(long p, const wide &w) {
  p += w.a[0];
#pragma weave spawn if(w.a[1] % 4 == 1)
  long x = twice(p);
#pragma weave sync
  return x;
}

static long in_a_block(long p, const wide &w) {
  p += w.a[0];
  weave::handle h;
  try {
#pragma weave spawn handle(h) if(w.a[1] % 4 == 1)
    long x = twice(p);
#pragma weave sync
    p += x;
  } catch (int) {
    p = 0;
  }
  return p;
}

template <class T> static T in_a_template(T p, const wide &w) {
  p += w.a[0];
#pragma weave spawn if(w.a[1] % 4 == 1)
  T x = twice(p);
#pragma weave sync
  return x;
}

int main() {
  for (long n = 0; n < 20; ++n) {
    const wide w = {{n, n}};
    std::printf("%ld %ld %ld\n", conditional(n, w), in_a_block(n, w), in_a_template(n, w));
  }
}
