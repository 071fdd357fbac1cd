// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// sync of named variables, sync_scope and load_balance keep the meaning of the serial program.
// RUN: %same_everywhere

#include <cstdio>
#include <string>
#include <vector>

static long work(long n) {
  long sum = 0;
  for (long i = 0; i < n % 1000; ++i)
    sum += i * i;
  return sum + n;
}

static long named(int n) {
  long x = 0, y = 0, total = 0;
  std::vector<long> v(n);
#pragma weave spawn
  x = work(n);
  for (int i = 0; i < n; ++i) {
#pragma weave spawn
    v[i] = work(i);
#pragma weave spawn
    y = work(n + 1);
#pragma weave sync(y)
    total += y;
#pragma weave load_balance
  }
#pragma weave spawn
  auto z = work(n + 2);
#pragma weave sync(v, z)
  total += z;
  for (long value : v)
    total += value;
#pragma weave sync(x)
  return total + x + y;
}

static long aliased(long n) {
  long x = 0;
  long &r = x;
#pragma weave spawn
  r = work(n);
#pragma weave spawn
  n = work(n + 1);
#pragma weave sync(x)
  const long seen = x;
#pragma weave sync
  return seen + n;
}

static long scopes(int n) {
  long before = 0, inside = 0;
#pragma weave spawn
  before = work(n);
  for (int i = 0; i < 10; ++i) {
    std::vector<long> parts(n);
#pragma weave sync_scope
    {
      for (int k = 0; k < n; ++k)
#pragma weave spawn
        parts[k] = work(k + i);
      if (i == 7)
        continue;
#pragma weave spawn
      inside += work(i);
    }
    for (long part : parts)
      inside += part;
  }
#pragma weave sync
  return before + inside;
}

static long ordered(long n) {
  long a = 1, b = 2;
#pragma weave spawn depends_on(inout : a)
  a = work(n);
#pragma weave spawn depends_on(in : a; out : b)
  b = a + 1;
#pragma weave sync(b)
  const long seen = b;
#pragma weave sync
  return seen + a;
}

int main() { std::printf("%ld %ld %ld %ld\n", named(50), aliased(7), scopes(20), ordered(9)); }
