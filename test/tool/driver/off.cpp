// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// WEAVE=off makes weave++ the plain compiler, which still finds the header and its serial stand-ins.
// RUN: env WEAVE=off %weave++ -std=c++17 %s -o %t
// RUN: %t | %FileCheck %s
// CHECK: serial, 1 worker
#include <cstdio>
#include <weave/weave.h>

int main() {
#ifdef __WEAVE__
  std::printf("woven");
#else
  std::printf("serial, %u worker\n", weave::num_workers());
#endif
}
