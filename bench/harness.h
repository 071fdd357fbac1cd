// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What all benchmark programs have in common. A kernel sets its data up, runs, and checks its result; only the run is
// timed, after a first, untimed one in which an engine may start its threads.
//
// A kernel is a type with a constructor from the sizes on the command line, `void run()` and `bool right()`.
#pragma once

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace bench {

/// How many workers an engine that has no environment variable of its own shall use.
inline int workers() {
  const char *const set = std::getenv("BENCH_WORKERS");
  return set ? std::atoi(set) : 1;
}

template <class Kernel> int main(int argc, char **argv) {
  std::vector<long> sizes;
  for (int i = 1; i < argc; ++i)
    sizes.push_back(std::atol(argv[i]));
  if (sizes.size() != Kernel::sizes) {
    std::fprintf(stderr, "%s: give %zu sizes\n", argv[0], std::size_t{Kernel::sizes});
    return 2;
  }

  double seconds = 0;
  for (const bool timed : {false, true}) {
    Kernel kernel(sizes.data());
    const auto start = std::chrono::steady_clock::now();
    kernel.run();
    seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    if (!kernel.right()) {
      std::fprintf(stderr, "%s: wrong result%s\n", argv[0], timed ? "" : " of the first run");
      return 1;
    }
  }
  std::printf("%.9f\n", seconds);
  return 0;
}

} // namespace bench
