// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <cstdio>
long part(long);
int main() {
  long x;
#pragma weave spawn
  x = part(1000);
#pragma weave sync
  std::printf("%ld\n", x);
}
