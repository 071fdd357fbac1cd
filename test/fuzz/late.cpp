// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A scheduler for fuzzing, in place of the runtime's workers: one thread, which runs each task at a time drawn at random, be it at once,
// at any later spawn, or at the join. WEAVE_LATE_SEED, a number, chooses.
#include "batch.h"
#include "loops/clock.h"
#include "surroundings.h"
#include "weave/direct.h"
#include "weave/runtime.h"
#include "weave/scope.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <random>
#include <vector>

namespace weave::detail {
namespace {

class scheduler {
public:
  worker_with_record self{request::for_tasks(1), true};

  loop_clock loops{tick_};

  scheduler() { self.levels = std::numeric_limits<std::int32_t>::max(); }

  void offer(task &offered) {
    if (one_in(4)) // a quick thief
      run(offered);
    else
      waiting_.push_back(&offered);
  }
  bool take_back(task &wanted) {
    if (wanted.is_direct())
      return take_own();
    const auto found = std::find(waiting_.begin(), waiting_.end(), &wanted);
    if (found == waiting_.end())
      return false;
    waiting_.erase(found);
    return true;
  }
  void wait(const task &awaited) {
    while (awaited.state.load(memory_order_relaxed) != progress::done)
      run_any();
  }
  /// Does what thieves may have done since the last spawn. Returns whether this spawn shall make a task.
  bool wants_task() {
    if (has_any() && one_in(4))
      run_any();
    choose_kind();
    return !one_in(5);
  }
  /// The direct task is on offer.
  void offer_direct() {
    if (one_in(4)) // a quick thief
      run_direct();
    choose_kind();
  }
  /// Whether the next task may be a direct one.
  void choose_kind() {
    self.wanted.store(self.is_direct_free() && one_in(2) ? request::own : request::for_tasks(1), memory_order_relaxed);
  }

private:
  bool take_own() { return self.offers_direct() && self.direct.take_own(); }
  bool has_any() const { return !waiting_.empty() || self.offers_direct(); }
  void run_any() {
    if (self.offers_direct() && one_in(static_cast<unsigned>(waiting_.size()) + 1))
      return run_direct();
    const std::size_t chosen = random_() % waiting_.size();
    task &next = *waiting_[chosen];
    waiting_.erase(waiting_.begin() + static_cast<std::ptrdiff_t>(chosen));
    run(next);
  }
  void run_direct() {
    if (take_own())
      run(self.kept_task);
  }
  void run(task &next) {
    run_task(next);
    next.state.store(progress::done, memory_order_relaxed);
  }
  bool one_in(unsigned n) { return random_() % n == 0; }

  static unsigned seed() {
    const char *text = std::getenv("WEAVE_LATE_SEED");
    return text ? static_cast<unsigned>(std::strtoul(text, nullptr, 10)) : 1;
  }

  platform::tick_length tick_;
  std::minstd_rand random_{seed()};
  std::vector<task *> waiting_; // offered, and run by nobody yet
};

scheduler only;

} // namespace

__thread worker_base *current = &only.self;
__thread position here = {0, nullptr};

worker_base *worker_for_task() noexcept { return only.wants_task() ? &only.self : nullptr; }
void *allocate_task(worker_base &, std::size_t bytes, std::size_t alignment) noexcept {
  return ::operator new(bytes, std::align_val_t(alignment), std::nothrow);
}
void free_task(worker_base &, void *memory, std::size_t, std::size_t alignment) noexcept {
  ::operator delete(memory, std::align_val_t(alignment));
}
loop_clock *clock_of_this_thread() noexcept { return &only.loops; }
void offer(worker_base &, task &task) noexcept { only.offer(task); }
bool take_back(worker_base &, task &task) noexcept { return only.take_back(task); }
void wait(worker_base &, task &task) noexcept { only.wait(task); }
bool finish(worker_base &, task &task) noexcept {
  const bool mine = only.take_back(task);
  if (mine)
    run_task(task);
  else
    only.wait(task);
  return mine;
}
bool take_back_unbiased(worker_base &owner) noexcept { return owner.direct.take_back(); }
void announce_direct(worker_base &) noexcept { only.offer_direct(); }
void ask_again(worker_base &) noexcept { only.choose_kind(); }
// Tasks come one at a time here: no batches.
std::uint32_t next_batch(worker_base &) noexcept { return 1; }
batch *batch::make(worker_base &, std::uint32_t, const closure_type &, void *) noexcept { return nullptr; }
bool batch::add(task &, const closure_type &, void *) noexcept { return false; }
// No program that is written for it detaches tasks.
void wait_for(scope &) noexcept {}
failure scope::take_failure() noexcept { return {nullptr, 0}; }

} // namespace weave::detail

void weave::load_balance() noexcept { weave::detail::only.wants_task(); }
