// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// reduction(...) reproducible: the same operations in the same order, whoever does them.
//
// The iterations are cut into leaves, on whose length the number of iterations alone decides. Each leaf starts from the
// neutral element, and a binary tree over the leaves combines them. Which halves of the tree are tasks depends on the
// machine; its shape does not.
#pragma once

#include "loop.h"

namespace weave::detail {

template <class Space, class Body, class... Reduced>
class reproducible_loop : public loop_parts<Space, Body, Reduced...> {
  using parts = loop_parts<Space, Body, Reduced...>;

public:
  using typename parts::accumulators;
  using typename parts::partials;

  reproducible_loop(loop_options options, const Space &space, const Body &body, const Reduced &...reduced)
      : parts(options, space, body, reduced...),
        length_(std::max(options.grain, space.count() / most_leaves + (space.count() % most_leaves != 0))) {}

  /// The variables become what they were, combined with all that the leaves contribute.
  void run_all() const {
    const std::uint64_t count = this->space_.count();
    if (count == 0)
      return;
    partials whole = this->identities();
    progress_so_far progress;
    run(0, count / length_ + (count % length_ != 0), references(whole), nullptr, progress);
    this->combine(this->variables(), whole);
  }

  /// For a piece: leaves [begin, end), with accumulators that hold the neutral elements.
  void run(std::uint64_t begin, std::uint64_t end, std::uint64_t /*strip*/, typename Reduced::value &...whole) const {
    progress_so_far progress;
    run(begin, end, accumulators(whole...), nullptr, progress);
  }

private:
  static constexpr std::uint64_t most_leaves =
      1024; // work for hundreds of workers, and few combinations for a long loop
  using far_half = piece<reproducible_loop>;

  /// The far half of a branch of the tree, which this worker has not begun. Those of all branches that it is in are a
  /// list, the smallest first.
  struct waiting_half {
    waiting_half *outer;
    std::uint64_t begin, end;
    pieces<far_half> offered{}; // itself, or nothing
  };

  /// How long leaves take. The clock is read only when somebody asks for a task.
  class progress_so_far {
  public:
    void leaf_done() { ++leaves_; }
    bool is_worth_a_task(std::uint64_t leaves) const {
      return chance(2) || strip::is_worth_a_task(steady_clock::now() - start_, leaves_, leaves);
    }

  private:
    const steady_clock::time_point start_ = steady_clock::now();
    std::uint64_t leaves_ = 0;
  };

  void run(std::uint64_t begin, std::uint64_t end, accumulators whole, waiting_half *waiting,
           progress_so_far &progress) const {
    if (end - begin == 1) {
      run_leaf(begin, whole);
      progress.leaf_done();
      share(waiting, progress);
      return;
    }
    const std::uint64_t middle = begin + (end - begin + 1) / 2;
    waiting_half far{waiting, middle, end};
    run(begin, middle, whole, &far, progress);
    if (far_half *offered = far.offered.top()) {
      if (!take_back(*offered->owner, *offered)) {
        wait(*offered->owner, *offered);
        if (offered->error)
          std::rethrow_exception(offered->error);
        this->combine(whole, offered->partials);
        far.offered.pop();
        return;
      }
      far.offered.pop();
    }
    partials right = this->identities();
    run(middle, end, references(right), waiting, progress);
    this->combine(whole, right);
  }

  void run_leaf(std::uint64_t leaf, const accumulators &whole) const {
    unshared<Body> body = this->body_;
    unshared<Space> space = this->space_;
    const std::uint64_t begin = leaf * length_, end = begin + std::min(length_, space.count() - begin);
    std::apply([&](auto &...accumulator) { run_stretch(space, begin, end, body, accumulator...); }, whole);
  }

  /// Offers the largest halves. Those on offer already are larger still.
  void share(waiting_half *smallest, const progress_so_far &progress) const {
    while (this->options_.is_parallel && task_wanted()) {
      waiting_half *largest = nullptr;
      for (waiting_half *half = smallest; half && !half->offered.top(); half = half->outer)
        largest = half;
      if (!largest || !progress.is_worth_a_task(largest->end - largest->begin) ||
          !largest->offered.split(*this, largest->begin, largest->end, 0))
        return;
    }
  }

  static accumulators references(partials &values) {
    return std::apply([](auto &...value) { return accumulators(value...); }, values);
  }

  const std::uint64_t length_;
};

/// As `parallel_reduce`, but the result does not depend on who takes part, to the last bit.
template <class Space, class Body, class... Reduced>
void reproducible_reduce(loop_options options, const Space &space, const Body &body, const Reduced &...reduced) {
  reproducible_loop<Space, Body, Reduced...>(options, space, body, reduced...).run_all();
}
template <class Space, class Body, class... Reduced>
void reproducible_reduce(const Space &space, const Body &body, const Reduced &...reduced) {
  reproducible_reduce(loop_options(), space, body, reduced...);
}

} // namespace weave::detail
