// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the tests of loops share.
#pragma once

#include "support.h"

namespace weave::test {

using upward = detail::iterations<long, detail::bound::less, detail::direction::up>;

/// So much work that the loop is worth splitting, and at times a chance for others to come in between.
inline void work(long i) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::microseconds(2);
  while (std::chrono::steady_clock::now() < until) {
  }
  if (i % 64 == 0)
    want_task();
}

struct failed_iteration {
  long iteration;
};

} // namespace weave::test
