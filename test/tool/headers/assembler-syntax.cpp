// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The little assembly in the headers is for both syntaxes.
// RUN: %weavec %clangxx -std=c++17 -O2 -masm=intel -I%include -c %s -o %t.o
// RUN: %weavec %gxx -std=c++17 -O2 -masm=intel -I%include -c %s -o %t.o
// RUN: %weavec %gxx -std=c++17 -O2 -masm=att -I%include -c %s -o %t.o

int work(int);

int both(int n) {
  int x = 0;
#pragma weave spawn
  x = work(n);
  const int y = work(n + 1);
#pragma weave sync
  return x + y;
}
