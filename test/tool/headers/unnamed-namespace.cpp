// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// g++ takes the copy of the main file for a header, whose classes should hold none of an unnamed namespace.
// REQUIRES: gcc
// RUN: %weavec %gxx -std=c++17 -Wall -Wextra -Werror -c %s -o %t.o

namespace {
struct hidden {
  int value = 1;
};
} // namespace

struct seen {
  hidden one;
};

int work(int);
int f(int n) {
  seen s;
#pragma weave spawn
  s.one.value = work(n);
#pragma weave sync
  return s.one.value;
}
