// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A shared library that spawns, for plugin_test.cpp to load.
#include "weave/weave.h"

namespace {

long fib(int n) {
  if (n < 2)
    return n;
  return weave::detail::region([n](auto &frame) -> long {
    long x, y;
    auto borrow = frame.borrow();
    frame.spawn([&x, n] { x = fib(n - 1); });
    y = fib(n - 2);
    frame.sync();
    return x + y;
  });
}

} // namespace

extern "C" long plugin_fib(int n) { return fib(n); }
// Where the calling thread looks for its worker.
extern "C" const void *plugin_place_of_worker() { return &weave::detail::current; }
extern "C" unsigned plugin_workers() { return weave::num_workers(); }
