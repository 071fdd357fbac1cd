// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tasks.h"
#include <cstdio>

std::size_t with_objects();

int main() {
  const short few[] = {1, 2, 3};
  const double many[] = {0.5, 1.5, 2.5, 3.5};
  const std::size_t sums[] = {by_value(7),       by_reference(7u), as_it_comes(short{7}), changed(7ul), all(1, 2u, 3l), all(),
                              bound(std::pair(1, 2u)), of_array(few), user<int>(7, 3).product(), chosen('c'), chosen(7l)};
  for (const std::size_t sum : sums)
    std::printf("%zu ", sum);
  std::printf("%g %zu\n", total(many, 4), with_objects());
}
