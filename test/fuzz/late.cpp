// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A scheduler for fuzzing, in place of the runtime's workers: one thread, which runs each task when WEAVE_LATE says:
//
// spawn     at once, so that a task sees nothing of what its parent does later
// join      when its parent waits, those that were spawned first before the others
// reversed  when its parent waits, those that were spawned last before the others
// a number  at a time drawn at random: at once, at any later spawn, or at the join
//
// The memory of a task that has run is overwritten: what still refers to a copy in it reads nonsense.
#include "batch.h"
#include "loops/clock.h"
#include "loops/observed_loop.h"
#include "surroundings.h"
#include "weave/direct.h"
#include "weave/runtime.h"
#include "weave/scope.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <random>
#include <string_view>
#include <utility>
#include <vector>

namespace weave::detail {
namespace {

class scheduler {
public:
  worker_with_record self{request::for_tasks(1), true};

  loop_clock loops{tick_};

  scheduler() { self.levels = std::numeric_limits<std::int32_t>::max(); }

  void offer(task &offered) {
    if (is_stolen_at_once())
      run(offered);
    else
      waiting_.push_back(&offered);
  }
  bool take_back(task &wanted) {
    run_those_before(wanted);
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
    if (order_ == order::random && has_any() && one_in(4))
      run_any();
    choose_kind();
    return order_ != order::random || !one_in(5);
  }
  /// The direct task is on offer.
  void offer_direct() {
    if (is_stolen_at_once())
      run_direct();
    choose_kind();
  }
  /// Whether the next task may be a direct one.
  void choose_kind() {
    self.wanted.store(self.is_direct_free() && one_in(2) ? request::own : request::for_tasks(1), memory_order_relaxed);
  }

private:
  enum class order { spawn, join, reversed, random };

  bool is_stolen_at_once() { return order_ == order::spawn || (order_ == order::random && one_in(4)); }
  /// Thieves take what goes before this task while its parent still waits for another.
  void run_those_before(const task &wanted) {
    if (order_ != order::join && order_ != order::reversed)
      return;
    while (!waiting_.empty() && next() != &wanted &&
           std::find(waiting_.begin(), waiting_.end(), &wanted) != waiting_.end())
      run_next();
  }
  bool take_own() { return self.offers_direct() && self.direct.take_own(); }
  bool has_any() const { return !waiting_.empty() || self.offers_direct(); }
  void run_any() {
    if (self.offers_direct() && one_in(static_cast<unsigned>(waiting_.size()) + 1))
      return run_direct();
    if (order_ == order::random)
      std::swap(waiting_[random_() % waiting_.size()], waiting_.back());
    run_next();
  }
  /// The task that goes next, if thieves are slow.
  task *next() const { return order_ == order::join ? waiting_.front() : waiting_.back(); }
  void run_next() {
    task &chosen = *next();
    waiting_.erase(std::find(waiting_.begin(), waiting_.end(), &chosen));
    run(chosen);
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

  static std::string_view environment() {
    const char *text = std::getenv("WEAVE_LATE");
    return text ? text : "1";
  }
  static order chosen_order() {
    const std::string_view text = environment();
    return text == "spawn" ? order::spawn : text == "join" ? order::join : text == "reversed" ? order::reversed : order::random;
  }
  static unsigned seed() { return std::max(1U, static_cast<unsigned>(std::strtoul(environment().data(), nullptr, 10))); }

  platform::tick_length tick_;
  order order_ = chosen_order();
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
void free_task(worker_base &, void *memory, std::size_t bytes, std::size_t alignment) noexcept {
  volatile unsigned char *const dead = static_cast<unsigned char *>(memory); // else optimisers leave it as it is
  std::fill_n(dead, bytes, static_cast<unsigned char>(0xdd));
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
// Nobody watches.
observed_loop::observed_loop(const loop &) noexcept : where_(nullptr) {}
observed_loop::~observed_loop() = default;

} // namespace weave::detail

void weave::load_balance() noexcept { weave::detail::only.wants_task(); }
