// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Warnings that the headers do not heed are not for the user, who can change nothing about them.
// RUN: %weavec %gxx -std=c++17 -O1 -Wall -Wextra -Wshadow -Wuseless-cast -Wold-style-cast -Wconversion -Weffc++ -Werror -c %s -o %t.o
// RUN: %weavec %clangxx -std=c++17 -O1 -Wall -Wextra -Wshadow-all -Wold-style-cast -Wconversion -Werror -c %s -o %t.o
// RUN: env WEAVE=off WEAVE_CXX=%gxx %weave++ -std=c++17 -Wall -Wextra -Wshadow -Weffc++ -Werror -c %s -o %t.o
#include <weave/weave.h>

long fib(int n) {
  if (n < 2)
    return n;
  long x, y;
#pragma weave spawn
  x = fib(n - 1);
  y = fib(n - 2);
#pragma weave sync
  return x + y;
}

void fill(int *p, int n) {
  weave::handle all;
#pragma weave parallel_for handle(all) nowait
  for (int i = 0; i < n; ++i)
    p[i] = i;
#pragma weave sync(all)
  auto later = weave::spawn([] { return 1; });
  p[0] = later.get();
}
