// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "futures.h"

#include "runtime.h"

#include <algorithm>

namespace weave::detail {
namespace {

bool can_act_on(const future_task *task) { return task->is_done() || task->can_begin(); }

std::uintptr_t word(counted_parking &place) { return reinterpret_cast<std::uintptr_t>(&place); }

// Who took this out of the word `reader` wakes and gives up the reference that was in it.
void wake(std::uintptr_t reader) noexcept {
  if (reader == future_task::nobody)
    return;
  auto &place = *reinterpret_cast<counted_parking *>(reader);
  place.unpark();
  place.release();
}

// For a thread that is no worker.
void sleep_until_actionable(future_task *const *tasks, std::size_t count) {
  auto &place = *new counted_parking;
  {
    const awaited_futures awaited(tasks, count, place);
    while (!awaited.actionable())
      if (awaited.enter())
        place.park();
  }
  place.release();
}

void run_here(worker *mine, future_task &task) noexcept {
  if (mine == task.owner && mine && mine->take_back(task))
    task.state.store(progress::done, memory_order_relaxed); // nobody else has it: `let_go` frees it
  if (mine)
    mine->run_awaited(task);
  else
    task.run(task);
}

} // namespace

bool awaited_futures::actionable() const noexcept { return std::any_of(tasks_, tasks_ + count_, can_act_on); }

bool awaited_futures::enter() const noexcept {
  for (std::size_t i = 0; i != count_; ++i) {
    std::uintptr_t expected = future_task::nobody;
    place_.retain();
    if (!tasks_[i]->reader.compare_exchange_strong(expected, word(place_), memory_order_seq_cst))
      place_.release();
  }
  return !actionable(); // (5): enter, then look
}

void awaited_futures::leave() const noexcept {
  for (std::size_t i = 0; i != count_; ++i) {
    std::uintptr_t expected = word(place_);
    if (tasks_[i]->reader.compare_exchange_strong(expected, future_task::nobody, memory_order_relaxed))
      place_.release();
  }
}

void future_task::finished() noexcept { wake(reader.exchange(done, memory_order_acq_rel)); }

void offer_future(worker_base &owner, future_task &task) noexcept {
  auto &worker = static_cast<detail::worker &>(owner);
  worker.home().expect_futures();
  task.number = ++tasks_created;
  worker.send(task);
}

std::size_t wait_for_any(worker *mine, future_task *const *tasks, std::size_t count) noexcept {
  const auto end = tasks + count;
  for (;;) {
    if (const auto found = std::find_if(tasks, end, [](const future_task *task) { return task->is_done(); }); found != end)
      return static_cast<std::size_t>(found - tasks);
    if (const auto found = std::find_if(tasks, end, [](const future_task *task) { return task->can_begin(); }); found != end)
      run_here(mine, **found);
    else if (mine)
      mine->wait_for_any(tasks, count);
    else
      sleep_until_actionable(tasks, count);
  }
}

std::size_t wait_for_any(future_task *const *tasks, std::size_t count) noexcept {
  return wait_for_any(this_worker(), tasks, count);
}

void let_go(future_task &task) noexcept {
  if (task.state.exchange(progress::abandoned, memory_order_acq_rel) == progress::done)
    destroy(task);
}

} // namespace weave::detail
