// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What may have no value yet is not copied, so that nothing is read that the serial program does not read. (%transform
// allows no warning.)
// RUN: %transform -O2 | %FileCheck %s
void beside(); // what runs while a task does
#include <cstdlib>

int work(int);
void set(int &);

long one_way(int n, bool many) {
  double *p;
  double first = 0;
  if (many)
    p = static_cast<double *>(std::malloc(n * sizeof(double)));
  // CHECK: [many, &p, &first](auto weave_begin
#pragma weave parallel_for
  for (int i = 0; i < n; ++i) {
    if (many)
      p[i] = i;
    else if (i == 0)
      first = 1;
  }
  const long r = many ? static_cast<long>(p[n - 1]) : static_cast<long>(first);
  if (many)
    std::free(p);
  return r;
}

int every_way(int n) {
  int a, b, c, d, e;
  if (n)
    a = 1;
  else
    a = 2;
  switch (n) {
  case 1:
    b = 1;
    break;
  default:
    b = 2;
  }
  set(c);
  do
    d = n;
  while (work(d));
  for (;;) {
    e = work(1);
    if (e)
      break;
  }
  int x;
  // CHECK: .fork([&x, a, b, c, d, e] {
#pragma weave spawn
  x = work(a + b + c + d + e); beside();
#pragma weave sync
  return x;
}

int some_ways(int n) {
  int a, b;
  switch (n) {
  case 1:
    a = 1;
    break;
  case 2:
    a = 3;
  }
  for (int i = 0; i < n; ++i)
    b = i;
  int x = 0;
  // CHECK: .fork([n, &x, &a, &b] {
#pragma weave spawn
  if (n > 0 && n < 3)
    x = work(a + b); beside();
#pragma weave sync
  return x;
}
