// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// How many iterations a loop runs between two looks at what others want, and when it is worth a split.
#pragma once

#include "protocol/limits.h"

#include <algorithm>
#include <cstdint>

namespace weave::protocol {

/// Finds, all along, since iterations differ, a strip so long that a look costs nothing, and so short that a thief does not wait. Times are in nanoseconds.
class strips {
public:
  /// @param iterations  how many there are in all
  /// @param pace        how long one took before; 0 if nobody knows
  /// @param grain       how many iterations each side of a split must have
  /// @param at_once     so many iterations are known to be short
  /// @param cost        of a split, besides what a split always costs
  strips(std::uint64_t iterations, double pace, std::uint64_t grain, std::uint64_t at_once = 1, double cost = 0)
      : pace_(pace), grain_(grain), cost_(cost), length_(pace != 0 ? fitting(pace) : std::max(at_once, first(iterations))) {}

  /// How long an iteration takes; 0 while nobody knows.
  double pace() const { return pace_; }
  double split_cost() const { return cost_; }
  /// Whether each side of a split has as many iterations as it must have.
  bool may_split(std::uint64_t left) const { return left >= 2 && left / 2 >= grain_; }
  /// Whether half of what is left is known to be worth a message.
  bool is_worth_a_message(std::uint64_t left) const { return pace_ != 0 && is_worth_a_message(left / 2, pace_, limits::piece + cost_); }
  static bool is_worth_a_message(std::uint64_t iterations, double pace, double worth = limits::piece) { return static_cast<double>(iterations) * pace >= worth; }

  /// How long the next strip is, of `left` iterations.
  std::uint64_t next(std::uint64_t left) const { return std::min(length_, left); }

  /// Says that a strip took so long.
  void ran(std::uint64_t iterations, double took) {
    pace_ = std::max(took, 1.0) / static_cast<double>(iterations);
    grow(iterations, pace_);
  }
  /// Says that a strip took at most so long.
  void ran_within(std::uint64_t iterations, double most) {
    if (most < limits::piece / 2)
      grow(iterations, std::max(most, 1.0) / static_cast<double>(iterations));
  }

private:
  // A few iterations tell little of the next: so strips grow by steps.
  void grow(std::uint64_t ran, double pace) {
    constexpr std::uint64_t step = 8, most = ~std::uint64_t(0) / step;
    length_ = std::min(fitting(pace), std::min(ran, most) * step);
  }
  static std::uint64_t first(std::uint64_t iterations) {
    return iterations < limits::few_iterations ? 1 : std::min<std::uint64_t>(iterations / 32, 16);
  }
  static std::uint64_t fitting(double pace) {
    const double iterations = limits::strip / pace;
    return iterations < 1 ? 1 : iterations > 1e18 ? std::uint64_t(1e18) : static_cast<std::uint64_t>(iterations);
  }

  double pace_;
  const std::uint64_t grain_;
  const double cost_;
  std::uint64_t length_;
};

/// Whether to split a loop of few iterations before anybody knows how long they take. If they take long, all but the first would wait for it; if not, a thief is woken for nothing, which
/// may cost more than the loop. So after a split that was in vain, the next one comes only after a rest, which doubles each time.
class early_splits {
public:
  /// @param now  in nanoseconds, from any start
  bool are_due(double now) const { return now >= next_; }
  void was_in_vain(double now) {
    rest_ = std::min(std::max(2 * rest_, limits::least_split_rest), limits::split_rest);
    next_ = now + rest_;
  }
  void was_worth_it() { rest_ = next_ = 0; }

private:
  double rest_ = 0, next_ = 0;
};

} // namespace weave::protocol
