// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A scheduler for fuzzing, in place of the runtime's workers: one thread, which runs each task at a time drawn at random, be it at once,
// at any later spawn, or at the join. WEAVE_LATE_SEED, a number, chooses.
#include "weave/batch.h"
#include "weave/runtime.h"
#include "weave/scope.h"

#include <algorithm>
#include <cstdlib>
#include <random>
#include <vector>

namespace weave::detail {
namespace {

class scheduler {
public:
  worker_base self{{1}, true};

  void offer(task &offered) {
    if (one_in(4)) // a quick thief
      run(offered);
    else
      waiting_.push_back(&offered);
  }
  bool take_back(task &wanted) {
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
    if (!waiting_.empty() && one_in(4))
      run_any();
    return !one_in(5);
  }

private:
  void run_any() {
    const std::size_t chosen = random_() % waiting_.size();
    task &next = *waiting_[chosen];
    waiting_.erase(waiting_.begin() + static_cast<std::ptrdiff_t>(chosen));
    run(next);
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

  std::minstd_rand random_{seed()};
  std::vector<task *> waiting_; // offered, and run by nobody yet
};

scheduler only;

} // namespace

__thread worker_base *current = &only.self;
__thread std::uint64_t tasks_created = 0;
__thread scope *current_scope = nullptr;

worker_base *worker_for_task() noexcept { return only.wants_task() ? &only.self : nullptr; }
void *allocate_task(worker_base &, std::size_t bytes, std::size_t alignment) noexcept {
  return ::operator new(bytes, std::align_val_t(alignment), std::nothrow);
}
void free_task(worker_base &, void *memory, std::size_t, std::size_t alignment) noexcept {
  ::operator delete(memory, std::align_val_t(alignment));
}
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
// Tasks come one at a time here: no batches.
std::uint32_t next_batch(worker_base &) noexcept { return 1; }
void *batch::place_in(task &, member_function, std::size_t) noexcept { return nullptr; }
bool batch::add_to(task &) noexcept { return false; }
void batch::run_batch(task &) noexcept {}
// No program that is written for it detaches tasks.
void wait_for(scope &) noexcept {}
failure scope::take_failure() noexcept { return {nullptr, 0}; }

} // namespace weave::detail

void weave::load_balance() noexcept { weave::detail::only.wants_task(); }
