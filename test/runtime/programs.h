// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Small programs that several tests run.
#pragma once

#include "support.h"

namespace weave::test {

/// A Fibonacci number, by tasks of which the larger ones are made.
inline long fib(int n) {
  if (n < 2)
    return n;
  long x = 0, y = 0;
  detail::frame tasks;
  WEAVE_TRY {
    if (n > 8)
      want_task();
    tasks.spawn([&x, n] { x = fib(n - 1); });
    y = fib(n - 2);
    tasks.sync();
    return x + y;
  }
  WEAVE_CATCH(tasks)
}

struct failure {
  int number;
};

/// Runs `block` and says which failure left it; -1 if none did.
template <class Block> int failure_of(Block block) {
  try {
    block();
  } catch (const failure &caught) {
    return caught.number;
  }
  return -1;
}

} // namespace weave::test
