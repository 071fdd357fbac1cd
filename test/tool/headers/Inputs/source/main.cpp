// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The directives are in a header that is included by way of two others.
#include "local.h"
#include <cstdio>
#include <lib/parallel.h>

int main() {
  std::printf("%ld\n%s\n%s\n%s\n", sum_to(1000L), parallel_file(), beside_file(), local_file());
  std::printf("%s:%d\n", __FILE__, __LINE__);
}
