// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Random numbers by counting (SplitMix64). A generator costs nothing to make and its numbers follow from its seed
// alone, so every pixel, row or element can have its own: the result does not depend on who computes what, or when.
#ifndef WEAVE_EXAMPLES_RANDOM_H
#define WEAVE_EXAMPLES_RANDOM_H

#include <cstdint>

namespace support {

class random {
public:
  explicit random(std::uint64_t seed) : state(seed) {}

  std::uint64_t bits() {
    std::uint64_t z = state += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

  /// From 0 up to, but not including, 1.
  double unit() { return static_cast<double>(bits() >> 11) * 0x1p-53; }

private:
  std::uint64_t state;
};

} // namespace support

#endif
