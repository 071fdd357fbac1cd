// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "loops/share.h"

#include "loops/observed_loop.h"

namespace weave::detail {

/// What a split costs because of what is combined afterwards; nothing if that is small.
static double cost_of_combining(const loop &of) noexcept {
  double bytes = 0;
  for (std::size_t i = 0; i != of.reduction_count; ++i)
    if (of.reductions[i].count > 1)
      bytes += static_cast<double>(of.reductions[i].type->bytes) * static_cast<double>(of.reductions[i].count);
  return bytes * protocol::limits::accumulated_byte;
}

working_share::working_share(const loop &of, std::uint64_t begin, std::uint64_t end, void *const *accumulators, double pace)
    : loop_share(begin, begin, accumulators), of_(of), end_(end),
      strips_(end - begin, pace, of.options.grain, of.options.at_once, cost_of_combining(of)), clock_(clock_of_this_thread()) {
  WEAVE_ASSERT(begin < end, "a share has iterations");
  if (pace != 0 || left() < protocol::limits::few_iterations || !clock_)
    restart_clock();
  if (pace == 0 && left() < protocol::limits::few_iterations)
    split_early();
  give_away();
  begin_strip();
}

void working_share::begin_strip() noexcept {
  WEAVE_ASSERT(begin_ < end_, "a strip begins where iterations are left");
  next_ = begin_ + (chance(4) ? 1 : strips_.next(left()));
  is_last_ = next_ == end_ && !offered_.top();
}

bool working_share::advance() {
  if (of_.end->is_before(next_))
    return false;
  const std::uint64_t ran = next_ - begin_;
  WEAVE_ASSERT(begin_ < next_ && next_ <= end_, "a strip lies in its share");
  begin_ = next_;
  measure(ran);
  while (begin_ == end_) {
    piece *nearest = offered_.top();
    if (!nearest || !join(*nearest))
      return false;
  }
  give_away();
  begin_strip();
  return true;
}

// What follows in the order of the iterations was given away, or is run on.
bool working_share::join(piece &nearest) {
  WEAVE_ASSERT(begin_ == end_ && nearest.begin == end_, "pieces are joined in the order of their iterations");
  end_ = nearest.end;
  const bool taken_back = nearest.take_back();
  if (splits_early_)
    judge(nearest, taken_back);
  if (!taken_back) {
    if (of_.end->is_before(nearest.begin))
      return false;
    if (nearest.error)
      std::rethrow_exception(nearest.error);
    combine(of_, accumulators_, nearest.values.addresses());
    begin_ = end_;
    restart_clock();
  }
  offered_.pop();
  return !of_.end->is_before(end_);
}

void working_share::split_early() {
  const bool due = chance(2) || !clock_ || clock_->early.are_due(clock_->nanoseconds(start_));
  while (due && task_wanted() && strips_.may_split(left()) && split())
    splits_early_ = true;
}

void working_share::judge(const piece &split_early, bool was_taken_back) noexcept {
  if (!was_taken_back && protocol::strips::is_worth_a_message(split_early.end - split_early.begin, strips_.pace()))
    clock_->early.was_worth_it();
  else
    clock_->early.was_in_vain(clock_->nanoseconds(start_));
}

void working_share::give_away() {
  if (strips_.split_cost() != 0 && task_wanted()) // there are arrays
    offered_.combine_neighbours(of_);
  while (task_wanted() && strips_.may_split(left()) && (chance(2) || strips_.is_worth_a_message(left())) && split())
    splits_early_ = false;
}

bool working_share::split() {
  const std::uint64_t middle = begin_ + (left() + 1) / 2;
  WEAVE_ASSERT(begin_ < middle && middle < end_, "both sides of a split have iterations");
  if (!offered_.split(of_, &run_piece, middle, end_, strips_.pace()))
    return false;
  end_ = middle;
  clock_ = clock_of_this_thread();
  return true;
}

void working_share::run_piece(piece &mine) {
  if (mine.of.end->is_before(mine.begin))
    return;
  working_share share(mine.of, mine.begin, mine.end, mine.values.addresses(), mine.pace);
  mine.of.run(mine.of, share);
}

void working_share::measure(std::uint64_t ran) noexcept {
  if (ran == 0)
    return;
  const platform::ticks before = is_timed_ || !clock_ ? start_ : clock_->last;
  const bool was_timed = is_timed_;
  restart_clock();
  const double took = (clock_ ? clock_->tick : platform::tick_length()).nanoseconds() * static_cast<double>(start_ - before);
  if (was_timed)
    strips_.ran(ran, took);
  else
    strips_.ran_within(ran, took);
}

void working_share::restart_clock() noexcept {
  start_ = platform::read_ticks();
  is_timed_ = true;
  if (clock_)
    clock_->last = start_;
}

bool loop_share::go_on() { return static_cast<working_share &>(*this).advance(); }

void run_loop(const loop &whole, std::uint64_t count) {
  const bool is_short = count < 2 || (count <= whole.options.at_once && !chance(2));
  const bool is_alone = !whole.options.is_parallel || is_short || (!current->shares && !task_wanted());
  if (is_alone) {
    loop_share all(0, count, whole.variables);
    whole.run(whole, all);
  } else {
    const observed_loop seen(whole);
    working_share mine(whole, 0, count, whole.variables, 0);
    whole.run(whole, mine);
  }
}

} // namespace weave::detail
