// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What one worker runs of a loop: lazy binary splitting over strips.
//
// A loop runs in strips without a poll inside, so that the vectoriser sees the user's own loop. Between strips it looks whether a task is wanted, and if so puts the far half of what is
// left on offer (lazy splitting: Tzannes, Caragea, Barua, Vishkin, PPoPP 2010). Halves are joined in iteration order: one that nobody took is simply run on, with the same accumulators;
// one that was stolen is combined.
#pragma once

#include "loops/clock.h"
#include "loops/piece.h"
#include "protocol/strips.h"

namespace weave::detail {

/// Iterations [begin, end), after all that is in the accumulators.
class working_share final : public loop_share {
public:
  /// @param pace  how long an iteration took before, in nanoseconds; 0 if nobody knows
  working_share(const loop &of, std::uint64_t begin, std::uint64_t end, void *const *accumulators, double pace);

  /// Goes on to the next strip.
  bool advance();

private:
  static void run_piece(piece &);

  std::uint64_t left() const { return end_ - begin_; }
  void begin_strip() noexcept;
  void split_early();
  void give_away();
  bool split();
  /// False if the loop ends in it, or in front of it.
  bool join(piece &nearest);
  void judge(const piece &split_early, bool was_taken_back) noexcept;
  void measure(std::uint64_t ran) noexcept;
  void restart_clock() noexcept;

  const loop &of_;
  std::uint64_t end_; // the strip is [begin_, next_), and [next_, end_) is left
  pieces offered_;
  protocol::strips strips_;
  loop_clock *clock_ = nullptr; // the worker's; null: the thread is none yet
  platform::ticks start_ = 0;   // of the strip
  bool is_timed_ = false;       // whether that is so
  bool splits_early_ = false;   // whether what is on offer was split off early
};

} // namespace weave::detail
