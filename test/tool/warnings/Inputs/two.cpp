// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RACES: options.test is about its messages.
int work(int);
int two(int n) {
#pragma weave sync
  int x;
#pragma weave spawn
  x = work(n);
  return x;
}
