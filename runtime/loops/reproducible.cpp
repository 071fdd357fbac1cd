// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Reductions whose result does not depend on who takes part.
//
// The iterations are cut into leaves, on whose length the number of iterations alone decides. Each leaf starts from the neutral element, and a binary tree over the leaves combines them.
// Which halves of the tree are tasks depends on the machine; its shape does not.
#include "loops/observed_loop.h"
#include "loops/share.h"

#include <algorithm>
#include <cstddef>
#include <new>

namespace weave::detail {
namespace {

/// Accumulators in the frame of who uses them, or on the heap if they are large.
class local_accumulators {
public:
  explicit local_accumulators(const loop &of) {
    if (!values_.make(of, room_, sizeof room_))
      throw std::bad_alloc();
  }
  void *const *addresses() const noexcept { return values_.addresses(); }

private:
  alignas(std::max_align_t) std::byte room_[128];
  accumulators values_;
};

/// How many leaves a tree has at most. To combine what is large costs as much as many iterations do.
std::uint64_t most_leaves(const loop &of, std::uint64_t iterations) noexcept {
  constexpr std::size_t bytes_of_iteration = 64;
  const std::uint64_t cost = std::max<std::uint64_t>(1, accumulators::layout_of(of).bytes / bytes_of_iteration);
  return std::clamp(iterations / cost, protocol::limits::least_leaves, protocol::limits::leaves);
}

/// The loop as a tree.
struct tree : loop {
  tree(const loop &of, std::uint64_t iterations)
      : loop(of), of(of), iterations(iterations), length(std::max(options.grain, divided(iterations, most_leaves(of, iterations)))),
        leaves(divided(iterations, length)) {}

  const loop &of;
  const std::uint64_t iterations, length, leaves;

private:
  static std::uint64_t divided(std::uint64_t a, std::uint64_t b) { return a / b + (a % b != 0); }
};

/// The far half of a branch, which this worker has not begun. Those of all branches that it is in are a list, the smallest first.
struct waiting_half {
  waiting_half *outer;
  std::uint64_t begin, end;
  pieces offered{}; // itself, or nothing
};

/// What one worker runs of a tree.
class climber {
public:
  explicit climber(const tree &of) : of_(of) {}

  /// Adds leaves [begin, end) to accumulators that hold the neutral elements.
  void run(std::uint64_t begin, std::uint64_t end, void *const *whole, waiting_half *waiting) {
    WEAVE_ASSERT(begin < end && end <= of_.leaves, "a branch has leaves of its tree");
    if (end - begin == 1) {
      run_leaf(begin, whole);
      give_away(waiting);
      return;
    }
    const std::uint64_t middle = begin + (end - begin + 1) / 2;
    waiting_half far{waiting, middle, end};
    run(begin, middle, whole, &far);
    if (piece *offered = far.offered.top()) {
      const bool taken_back = offered->take_back();
      if (!taken_back && offered->error)
        std::rethrow_exception(offered->error);
      if (!taken_back)
        combine(of_, whole, offered->values.addresses());
      far.offered.pop();
      if (!taken_back)
        return;
    }
    const local_accumulators right(of_);
    run(middle, end, right.addresses(), waiting);
    combine(of_, whole, right.addresses());
  }

private:
  static void run_piece(piece &mine) { climber(static_cast<const tree &>(mine.of)).run(mine.begin, mine.end, mine.values.addresses(), nullptr); }

  void run_leaf(std::uint64_t leaf, void *const *whole) {
    WEAVE_ASSERT(leaf < of_.leaves, "a leaf is one of its tree");
    const std::uint64_t begin = leaf * of_.length;
    loop_share all(begin, begin + std::min(of_.length, of_.iterations - begin), whole);
    of_.of.run(of_.of, all);
    ++leaves_;
  }

  /// Offers the largest halves. Those on offer already are larger still.
  void give_away(waiting_half *smallest) {
    while (of_.options.is_parallel && task_wanted()) {
      waiting_half *largest = nullptr;
      for (waiting_half *half = smallest; half && !half->offered.top(); half = half->outer)
        largest = half;
      if (!largest || !is_worth_a_message(largest->end - largest->begin) || !largest->offered.split(of_, &run_piece, largest->begin, largest->end, 0))
        return;
    }
  }
  // The clock is read only when somebody asks for a task.
  bool is_worth_a_message(std::uint64_t leaves) const {
    const std::chrono::duration<double, std::nano> taken = platform::clock::now() - start_;
    return chance(2) || protocol::strips::is_worth_a_message(leaves, taken.count() / static_cast<double>(leaves_));
  }

  const tree &of_;
  const platform::clock::time_point start_ = platform::clock::now();
  std::uint64_t leaves_ = 0;
};

} // namespace

void run_reproducible_loop(const loop &whole, std::uint64_t count) {
  if (count == 0)
    return;
  const observed_loop seen(whole);
  const tree made(whole, count);
  const local_accumulators sum(whole);
  climber(made).run(0, made.leaves, sum.addresses(), nullptr);
  combine(whole, whole.variables, sum.addresses());
}

} // namespace weave::detail
