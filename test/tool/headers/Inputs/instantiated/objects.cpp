// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tasks.h"

std::size_t with_objects() {
  const std::string text = "some text that is too long to be small", few[] = {"a", "bc"};
  const std::array<std::size_t, 12500> large{5};
  auto kept = std::make_unique<int>(40);
  const std::array<std::size_t, 2> sums{1, 2};
  return by_value(text) + by_reference(large) + as_it_comes(std::make_unique<int>(4)) + as_it_comes(kept) +
         changed(std::make_unique<int>(5)) + all(text, large, kept) + bound(std::pair(text, large)) + of_array(few) +
         user<std::string>(text, 3).product() + user<std::array<std::size_t, 12500>>(large, 3).product() + chosen(text) +
         total(text.data(), 3) + sums[1];
}
