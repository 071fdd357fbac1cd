// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef NAME
#define NAME first
#else
#undef NAME
#define NAME second
#define AGAIN
#endif
inline int NAME(int n) {
  int a = 0, b = 0;
#pragma weave spawn
  a = n;
#ifdef AGAIN
#pragma weave sync
#pragma weave spawn
  b = a;
#endif
#pragma weave sync
  return 10 * a + b;
}
