// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// fib N: nothing but calls, so all that is added is the engine's.
#pragma once

#include "../harness.h"

/// The engine's part.
long compute(int n);

class kernel {
public:
  static constexpr std::size_t sizes = 1;
  explicit kernel(const long *size) : n(static_cast<int>(size[0])) {}

  void run() { result = compute(n); }

  bool right() const {
    long now = 0, next = 1;
    for (int i = 0; i < n; ++i) {
      const long sum = now + next;
      now = next;
      next = sum;
    }
    return result == now;
  }

private:
  int n;
  long result = -1;
};

int main(int argc, char **argv) { return bench::main<kernel>(argc, argv); }
