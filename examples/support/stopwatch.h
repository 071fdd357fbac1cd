// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Times the part of an example that is worth running in parallel.
#ifndef WEAVE_EXAMPLES_STOPWATCH_H
#define WEAVE_EXAMPLES_STOPWATCH_H

#include <chrono>
#include <cstdio>

namespace support {

class stopwatch {
public:
  /// Goes to standard error, so that standard output is the same on every run.
  void report() const {
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    std::fprintf(stderr, "time: %.6f s\n", elapsed.count());
  }

private:
  std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
};

} // namespace support

#endif
