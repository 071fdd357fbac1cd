// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Random numbers that do not depend on the schedule: each iteration or task has a stream of its own, by its position.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace weave {

/// A stream of random numbers: which one is told by a seed and up to two positions, and nothing else. So what an
/// iteration draws is the same at any number of workers, and in the serial program.
///
///     for (int y = 0; y < height; ++y)
///       for (int x = 0; x < width; ++x) {
///         weave::random numbers(seed, y, x);
///         ...
///
/// A uniform random bit generator, for the distributions of the standard library. Two streams with another seed or
/// position are independent, as far as tests of randomness tell. Not for secrets.
///
/// Thread-safety: as any value. Complexity: making one costs nothing; four numbers cost some twenty multiplications.
/// Source: J. K. Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011: Philox4x32-10.
class random {
public:
  using result_type = std::uint32_t;

  /// @param seed                 chooses all streams of a program
  /// `position` and `subposition` say which stream: an iteration, a pixel, a particle and a step of it
  explicit constexpr random(std::uint64_t seed, std::uint64_t position = 0, std::uint32_t subposition = 0) noexcept
      : key_{low(seed), high(seed)}, counter_{0, subposition, low(position), high(position)} {}

  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }

  /// The next number. A stream has 2^34 of them, and then begins anew.
  constexpr result_type operator()() noexcept {
    if (used_ == block_.size()) {
      block_ = block(counter_, key_);
      ++counter_[0];
      used_ = 0;
    }
    return block_[used_++];
  }

  /// A number in [0, 1), one of 2^53 that lie equally far apart.
  constexpr double uniform() noexcept {
    const std::uint64_t left = operator()(), right = operator()();
    return static_cast<double>((left << 32 | right) >> 11) * 0x1p-53;
  }

  constexpr void discard(unsigned long long numbers) noexcept {
    for (; numbers != 0 && used_ != block_.size(); --numbers)
      ++used_;
    counter_[0] += static_cast<std::uint32_t>(numbers / block_.size());
    for (numbers %= block_.size(); numbers != 0; --numbers)
      operator()();
  }

  using words = std::array<std::uint32_t, 4>;
  /// Philox4x32-10 itself: a block of four numbers for each counter and key.
  static constexpr words block(words counter, std::array<std::uint32_t, 2> key) noexcept {
    for (int round = 0; round != 10; ++round) {
      const std::uint64_t even = std::uint64_t(0xD2511F53) * counter[0], odd = std::uint64_t(0xCD9E8D57) * counter[2];
      counter = {high(odd) ^ counter[1] ^ key[0], low(odd), high(even) ^ counter[3] ^ key[1], low(even)};
      key = {key[0] + 0x9E3779B9, key[1] + 0xBB67AE85};
    }
    return counter;
  }

private:
  static constexpr std::uint32_t low(std::uint64_t bits) noexcept { return static_cast<std::uint32_t>(bits); }
  static constexpr std::uint32_t high(std::uint64_t bits) noexcept { return static_cast<std::uint32_t>(bits >> 32); }

  std::array<std::uint32_t, 2> key_;
  words counter_, block_{};
  std::size_t used_ = 4;
};

} // namespace weave
