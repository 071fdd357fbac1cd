// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tasks joined on every way out of a block: return, break, continue, goto, the end.
// RUN: %same_everywhere -Wno-weave-serialised

#include <cstdio>

static int work(int n) {
  int sum = 0;
  for (int i = 0; i < 500; ++i)
    sum = (sum * 31 + i + n) % 10007;
  return sum;
}

static int log[64], logged;
struct recorder { // destroyed after the task that writes into it
  int value = 0;
  ~recorder() { log[logged++ % 64] = value; }
};

static int leave(int n) {
  for (int i = 0; i < 10; ++i) {
    recorder r;
#pragma weave spawn
    r.value = work(i);
    if (i == n)
      return i;
    if (i == n + 1)
      break;
    if (i % 2)
      continue;
    if (i == n + 2)
      goto out;
  }
out:
  return -1;
}

static int retry(int n) {
  int x = 0, rounds = 0;
again:
#pragma weave spawn
  x = work(x + n);
  ++rounds;
#pragma weave sync
  if (x % 7 != 0)
    goto again;
  return x + rounds;
}

static int skip(int n) {
  int x = 1;
  if (n % 2)
    goto skip;
#pragma weave spawn
  x = work(n);
skip:
#pragma weave sync
  return x;
}

static int choose(int n) {
  int x = 0, y = 0;
  switch (n % 3) {
  case 0:
#pragma weave spawn
    x = work(n);
    [[fallthrough]];
  case 1:
#pragma weave spawn
    y = work(n + 1);
    break;
  default:
    x = 5;
  }
#pragma weave sync
  return x + y;
}

static int arms(int n) {
  int x = 0;
  if (n % 2)
#pragma weave spawn
    x = work(n);
  else if (n % 4)
#pragma weave spawn
    if (n % 3)
      x = 2;
    else
      x = 3;
  else
    x = 4;
#pragma weave sync
  return x;
}

int main() {
  for (int n = 0; n < 12; ++n) {
    const int left = leave(n), tried = retry(n), skipped = skip(n), chosen = choose(n), armed = arms(n);
    std::printf("%d %d %d %d %d\n", left, tried, skipped, chosen, armed);
  }
  for (int value : log)
    std::printf("%d ", value);
  std::printf("\n");
}
