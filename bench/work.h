// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A task of a given length: a chain of operations, each of which waits for the one before (about 1 ns each).
#pragma once

#include <cstdint>

inline std::uint64_t work(std::uint64_t seed, long steps) {
  for (long i = 0; i < steps; ++i) {
    seed = seed * 6364136223846793005 + 1442695040888963407;
    asm("" : "+r"(seed)); // or the optimiser would take several steps at once
  }
  return seed;
}
