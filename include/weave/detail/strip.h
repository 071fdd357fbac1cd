// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// How many iterations a loop runs between two looks at what others want.
#pragma once

#include "sync.h"

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace weave::detail {

/// Finds, by the clock and all along, since iterations differ, a strip long enough that a look costs nothing and short enough that a thief does not wait.
class strip {
  using clock = steady_clock;
  using nanoseconds = std::chrono::duration<double, std::nano>;

public:
  /// @param iterations  how many there are in all
  /// @param length      the length that was found to fit before; 0 if none was
  /// @param grain       how many iterations each side of a split must have
  strip(std::uint64_t iterations, std::uint64_t length, std::uint64_t grain)
      : length_(length ? length : 1), settled_(length != 0), probed_(settled_ || iterations < few),
        least_(settled_ ? piece_for(length) : 1), grain_(grain) {}

  /// 0 while none is found.
  std::uint64_t length() const { return settled_ ? length_ : 0; }

  /// A split must leave each side enough to be worth a message. Nothing is known before the first strip of a long loop,
  /// and it costs little to wait for that one, while waking a thief for a loop of a microsecond costs more than the
  /// loop.
  bool worth_splitting(std::uint64_t left) const {
    return left >= 2 && left / 2 >= grain_ && (chance(2) || (probed_ && left / 2 >= least_));
  }

  /// How long the next strip is, of `left` iterations.
  std::uint64_t next(std::uint64_t left) {
    start_ = clock::now();
    return chance(4) ? 1 : std::min(length_, left);
  }

  /// Says that the strip is done.
  void ran(std::uint64_t iterations) {
    const nanoseconds took = std::max(nanoseconds(clock::now() - start_), nanoseconds(1));
    const double pace = static_cast<double>(iterations) / took.count();
    probed_ = true;
    settled_ |= took >= strip_time / 2;
    length_ = settled_ ? std::clamp(at_least_one(pace * strip_time.count()), length_ / growth, length_ * growth) : iterations * growth;
    least_ = at_least_one(pace * piece_time.count());
  }

  /// Whether so many iterations are worth a message, if those that were run took so long.
  static bool is_worth_a_task(steady_clock::duration took, std::uint64_t ran, std::uint64_t iterations) {
    return nanoseconds(took) * static_cast<double>(iterations) >= piece_time * static_cast<double>(ran);
  }

private:
  static constexpr std::uint64_t few = 64; // iterations that are not waited for before the first split
  static constexpr std::uint64_t growth = 8;
  static constexpr nanoseconds strip_time{16000}; // a look costs some 2 ns, a clock reading 25
  static constexpr nanoseconds piece_time{4000};  // a steal costs about 1 us, waking a thief about 5

  static std::uint64_t at_least_one(double iterations) {
    return iterations < 1 ? 1 : iterations > 1e18 ? std::uint64_t(1e18) : static_cast<std::uint64_t>(iterations);
  }
  static std::uint64_t piece_for(std::uint64_t length) {
    return at_least_one(static_cast<double>(length) * (piece_time / strip_time));
  }

  std::uint64_t length_;
  bool settled_, probed_;
  std::uint64_t least_;
  std::uint64_t grain_;
  clock::time_point start_;
};

} // namespace weave::detail
