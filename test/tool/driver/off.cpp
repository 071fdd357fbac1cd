// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// WEAVE=off makes weave++ the plain compiler, which still finds the header and its serial stand-ins.
// RUN: env WEAVE=off %weave++ -std=c++17 %s -o %t
// RUN: %t | %FileCheck %s
// CHECK: serial, 1 worker
// Its directives are no unknown pragmas then.
// RUN: env WEAVE=off %weave++ -std=c++17 -Wall -Werror -c %s -o %t.o
// RUN: env WEAVE=off WEAVE_CXX=%gxx %weave++ -std=c++17 -Wall -Werror -c %s -o %t.o
// RUN: not env WEAVE=OFF %weave++ -std=c++17 -c %s -o %t.o 2>&1 | %FileCheck %s --check-prefix=VALUE
// RUN: not env WEAVE=0 %weavec %gxx -std=c++17 -c %s -o %t.o 2>&1 | %FileCheck %s --check-prefix=VALUE
// VALUE: {{^}}weave{{.*}}: error: the environment variable WEAVE is '{{OFF|0}}'; it may be 'off', or 'on', which is the same as nothing{{$}}
#include <cstdio>
#include <weave/weave.h>

int main() {
#pragma weave spawn
  std::puts("task");
#pragma weave sync
#ifdef __WEAVE__
  std::printf("woven");
#else
  std::printf("serial, %u worker\n", weave::num_workers());
#endif
}
