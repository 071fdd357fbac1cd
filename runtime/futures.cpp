// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "futures.h"

#include "closures.h"
#include "runtime.h"
#include "surroundings.h"
#include "weave/event.h"

#include <algorithm>

namespace weave::detail {
namespace {

// Whether this worker, or a thread that is none (null), may run it, because it has not begun.
bool may_run(const worker *mine, const future_task *task) {
  return task->can_begin() && (!task->submitted || (mine && &mine->home() == task->home));
}

// Whether it runs in the process of which this is a forked child, or will never run.
bool is_lost(const future_task *task) {
  if (task->submitted)
    return task->home->orphaned();
  // Before it begins, its owner may be a thread that is no worker, and may change.
  return task->begun.load(memory_order_acquire) == future_task::start::begun && task->owner && static_cast<const worker *>(task->owner)->home().orphaned();
}

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
void sleep_until_actionable(future_task *const *tasks, std::size_t count, platform::clock::time_point deadline) {
  auto &place = *new counted_parking;
  {
    const awaited_futures awaited(nullptr, tasks, count, place);
    while (!awaited.actionable() && !platform::is_over(deadline))
      if (awaited.enter())
        place.park(deadline);
  }
  place.release();
}

void run_here(worker *mine, future_task &task) noexcept {
  if (mine && mine == task.owner) {
    if (mine->take_back(task))
      task.state.store(progress::done, memory_order_relaxed); // nobody else has it: `let_go` frees it
    else
      mine->left_behind();
  }
  if (mine)
    mine->run_awaited(task);
  else
    run_task(task);
  if (task.submitted)
    task.home->submitted().sweep();
}

event_edge happened{}; // in place of a list

bool push(event_edge &edge) noexcept {
  WEAVE_ASSERT(edge.task && edge.awaited, "an edge leads from an event to a call");
  edge.next = edge.awaited->waiting.load(memory_order_acquire);
  while (edge.next != &happened)
    if (edge.awaited->waiting.compare_exchange_weak(edge.next, &edge, memory_order_release, memory_order_acquire))
      return true;
  return false;
}

// (5), from the side of whoever makes a delayed task ready: make it ready, then wake who waits for it, who may run it.
void make_ready(future_task &task) noexcept {
  WEAVE_ASSERT(glance(task.begun) == future_task::start::delayed, "what is made ready was delayed");
  WEAVE_ASSERT(glance(task.missing) == 0, "what is made ready waits for nothing");
  WEAVE_ASSERT(task.counted, "a delayed call counts in a scope");
  const bool to_home = task.submitted || (task.home && is_outside() && !task.home->orphaned());
  worker *mine = to_home ? nullptr : this_worker();
  task.owner = mine;
  task.at.tasks = 0; // nobody's descendant
  task.counted->ready();
  if (to_home) {
    task.home->futures().made(); // for this thread, which is at the inbox still when the call may have ended
    if (!task.home->orphaned())
      task.home->expect_submissions();
  }
  task.begun.store(future_task::start::ready, memory_order_seq_cst);
  std::uintptr_t reader = task.reader.load(memory_order_seq_cst);
  // One try: whoever enters after that look finds it ready.
  if (reader != future_task::nobody && reader != future_task::done &&
      task.reader.compare_exchange_strong(reader, future_task::nobody, memory_order_acquire, memory_order_relaxed))
    wake(reader);
  if (to_home) {
    runtime &home = *task.home;
    home.receive(task, task);
    home.futures().ended();
  } else if (mine) {
    mine->home().expect_futures();
    mine->send(task);
  } else {
    run_task(task);
    task.runner_lets_go();
  }
}

void arrive(future_task &task) noexcept {
  WEAVE_ASSERT(glance(task.missing) != 0, "an event happens once for a call");
  if (task.missing.fetch_sub(1, memory_order_acq_rel) == 1)
    make_ready(task);
}

} // namespace

bool awaited_futures::actionable() const noexcept {
  return std::any_of(tasks_, tasks_ + count_,
                     [&](const future_task *task) { return task->is_done() || may_run(mine_, task); });
}

bool awaited_futures::enter() const noexcept {
  WEAVE_ASSERT(count_ != 0, "who sleeps for futures waits for one");
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

void future_task::finished() noexcept {
  WEAVE_ASSERT(glance(reader) != done, "a call ends once");
  WEAVE_ASSERT(glance(begun) == start::begun, "a call ends after it has begun");
  wake(reader.exchange(done, memory_order_acq_rel));
}

void offer_future(worker_base &owner, future_task &task) noexcept {
  auto &worker = static_cast<detail::worker &>(owner);
  WEAVE_ASSERT(task.is_future() && !task.counted, "a call is offered once");
  WEAVE_ASSERT(glance(task.begun) == future_task::start::ready, "a call is offered before it begins");
  worker.home().expect_futures();
  task.counted = here.within ? here.within : &worker.home().futures();
  task.counted->made();
  task.at.tasks = ++here.tasks;
  worker.send(task);
}

std::size_t wait_for_any(worker *mine, future_task *const *tasks, std::size_t count,
                         platform::clock::time_point deadline) noexcept {
  WEAVE_ASSERT(count != 0 && std::all_of(tasks, tasks + count, [](const future_task *task) { return task; }),
               "who waits has futures to wait for");
  const auto end = tasks + count;
  for (;;) {
    if (const auto found = std::find_if(tasks, end, [](const future_task *task) { return task->is_done(); }); found != end)
      return static_cast<std::size_t>(found - tasks);
    if (const auto found = std::find_if(tasks, end, [&](const future_task *task) { return may_run(mine, task); });
        found != end)
      run_here(mine, **found);
    else if (platform::is_over(deadline))
      return count;
    else if (std::all_of(tasks, end, is_lost))
      lost_in_fork();
    else if (mine)
      mine->wait_for_any(tasks, count, deadline);
    else
      sleep_until_actionable(tasks, count, deadline);
  }
}

std::size_t wait_for_any(future_task *const *tasks, std::size_t count) noexcept {
  return wait_for_any(is_outside() ? nullptr : this_worker(), tasks, count, platform::never);
}

bool wait_for(future_task &awaited, std::chrono::nanoseconds time) noexcept {
  const auto deadline = platform::after(time);
  future_task *const task = &awaited;
  return awaited.is_done() ||
         (time.count() > 0 && wait_for_any(is_outside() ? nullptr : this_worker(), &task, 1, deadline) == 0);
}

bool has_happened(const event_part &part) noexcept { return part.waiting.load(memory_order_acquire) == &happened; }

bool is_awaited(const event_part &part) noexcept {
  const event_edge *waiting = part.waiting.load(memory_order_relaxed);
  return waiting && waiting != &happened;
}

bool happen(event_part &part) noexcept {
  event_edge *waiting = part.waiting.exchange(&happened, memory_order_acq_rel);
  if (waiting == &happened)
    return false;
  while (waiting) {
    future_task &task = *waiting->task;
    waiting = waiting->next; // before the task may run, and be freed with its edges
    arrive(task);
  }
  return true;
}

void delay(future_task &task, const std::vector<event_edge> &missing) {
  WEAVE_ASSERT(!missing.empty() && task.edges.empty(), "a call is delayed once, by something");
  if (!task.submitted) {
    worker *mine = this_worker();
    task.home = mine ? &mine->home() : here.within ? nullptr : &default_runtime();
    task.counted = here.within ? here.within : task.is_detached() ? &task.home->detached() : &task.home->futures();
    task.counted->delayed();
  }
  task.begun.store(future_task::start::delayed, memory_order_relaxed);
  task.edges = missing;
  task.missing.store(static_cast<std::uint32_t>(missing.size()) + 1, memory_order_relaxed);
  std::uint32_t arrived = 1;
  for (event_edge &edge : task.edges) {
    edge.task = &task;
    arrived += !push(edge);
  }
  if (task.missing.fetch_sub(arrived, memory_order_acq_rel) == arrived)
    make_ready(task);
}

void let_go(future_task &task) noexcept {
  WEAVE_ASSERT(glance(task.reader) == future_task::done, "a holder lets go of what is done");
  WEAVE_ASSERT(glance(task.state) != progress::abandoned, "a call has one holder");
  if (task.state.exchange(progress::abandoned, memory_order_acq_rel) == progress::done)
    task.discard();
}

// So that the memory of a flood of futures stays within twice what is unfinished.
void worker::left_behind() noexcept {
  WEAVE_ASSERT(is_mine(), "a worker sweeps its own offers");
  if (++behind_ < sweep_at_)
    return;
  task *kept = nullptr;
  std::size_t count = 0;
  while (task *received = offers_.receive_newest())
    while (task *each = received) {
      received = std::exchange(each->next, nullptr);
      if (each->is_future() && !static_cast<future_task *>(each)->can_begin()) {
        static_cast<future_task *>(each)->runner_lets_go();
      } else {
        each->next = std::exchange(kept, each);
        ++count;
      }
    }
  while (task *each = kept) {
    kept = std::exchange(each->next, nullptr);
    send(*each);
  }
  raise(1);
  behind_ = 0;
  sweep_at_ = count + protocol::limits::least_sweep;
}

} // namespace weave::detail
