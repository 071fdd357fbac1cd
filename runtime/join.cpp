// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The slow paths of frames: joining tasks, and choosing the exception that leaves.
#include "weave/join.h"

#include "batch.h"
#include "closures.h"
#include "platform/floating_point.h"
#include "platform/relax.h"
#include "weave/direct.h"

#include <cstring>

namespace weave::detail {
namespace {

// The exception that left a frame of this thread last; only compared, since it may be gone. Like `here` the thread's: it may pass the end of a
// weave::runtime.
struct thrown {
  const void *exception;
  std::uint64_t task;    // that threw it
  std::uint64_t created; // tasks by then
};
__thread thrown last_thrown;

const void *address_of(const std::exception_ptr &error) {
  const void *address;
  static_assert(sizeof error == sizeof address, "the Itanium ABI's exception_ptr is the address of the exception");
  std::memcpy(&address, &error, sizeof address);
  return address;
}

constexpr std::uint32_t least_sweep = 16;

/// Waits for the tasks of a list, newest first, and frees them. Returns the exception that comes first in serial order.
failure join_tasks(task *newest) noexcept {
  failure first{nullptr, 0};
  while (newest) {
    task &joined = *newest;
    newest = joined.previous;
    if (!finish(*joined.owner, joined))
      WEAVE_ASSERT(glance(joined.state) == progress::done, "who waited for a task finds it done");
    if (joined.error)
      first = {joined.error, joined.at.tasks + joined.failed_member};
    destroy_task(joined);
  }
  return first;
}

/// Takes the tasks that are bound to a handle out of a list; they keep their order.
task *take_bound(task *&newest, const handle &awaited) noexcept {
  task *taken = nullptr, **last = &taken;
  for (task **link = &newest; *link;) {
    task &each = **link;
    if (each.bound != &awaited) {
      link = &each.previous;
      continue;
    }
    *link = std::exchange(each.previous, nullptr);
    *last = &each;
    last = &each.previous;
  }
  return taken;
}

/// Waits for the tasks of a list and leaves them there.
void finish_tasks(task *newest) noexcept {
  for (; newest; newest = newest->previous)
    if (finish(*newest->owner, *newest))
      newest->state.store(progress::done, memory_order_relaxed); // for whoever joins it: this thread
}

/// Frees the tasks of a list that are done and did not throw. Returns how many are left.
std::uint32_t sweep_tasks(task *&newest) noexcept {
  // A thief had each task's state last. Fetch them some way ahead, as many at once as a processor can.
  task *ahead = newest;
  const auto fetch_another = [&ahead] {
    if (ahead) {
      platform::prefetch(&ahead->state, sizeof ahead->state);
      ahead = ahead->previous;
    }
  };
  for (int i = 0; i != 8; ++i)
    fetch_another();
  std::uint32_t left = 0;
  for (task **link = &newest; *link;) {
    task &swept = **link;
    fetch_another();
    if (swept.state.load(memory_order_acquire) == progress::done && !swept.error) {
      *link = swept.previous;
      platform::raise_flags(swept.raised);
      destroy_task(swept);
    } else {
      link = &swept.previous;
      ++left;
    }
  }
  return left;
}

task *make_spawned(worker_base &owner, const closure_type &type, void *closure, const handle *bound) {
  if (!type.destroy && !bound) // it may be copied unseen
    if (const std::uint32_t capacity = next_batch(owner); capacity > 1)
      return batch::make(owner, capacity, type, closure);
  return closure_task<task>::make(owner, type, closure);
}

} // namespace

void throw_failure(failure &&thrown) {
  WEAVE_ASSERT(thrown.error, "a failure that is thrown is one");
  last_thrown = {address_of(thrown.error), thrown.task, here.tasks};
  std::rethrow_exception(std::move(thrown.error));
}

bool handled_precedes(std::uint64_t task) noexcept {
  return address_of(std::current_exception()) == last_thrown.exception && last_thrown.task < task &&
         task <= last_thrown.created;
}

void release_direct(task &done) noexcept {
  WEAVE_ASSERT(done.is_direct() && done.owner->record == &done, "what is released is a worker's record");
  done.error = nullptr;
  done.raised = 0;
  done.thief.store(nullptr, memory_order_relaxed);
  done.state.store(progress::created, memory_order_relaxed);
  done.owner->kept.store(false, memory_order_relaxed);
  done.owner->direct.release();
}

void throw_on_from(std::uint64_t task) {
  WEAVE_ASSERT(std::current_exception(), "what is thrown on is being handled");
  throw_failure({std::current_exception(), task});
}

void run_direct(task &direct) noexcept {
  WEAVE_ASSERT(direct.is_direct(), "a direct closure lies in a record");
  auto &me = static_cast<direct_task &>(direct);
  run_guarded([&] { me.type->call(me.closure); }, me.error);
}

void join_taken_direct(worker_base &owner) {
  task &taken = *owner.record;
  WEAVE_ASSERT(owner.direct.is_taken_at_a_glance(), "a direct task that is joined late was taken");
  wait(owner, taken);
  failure thrown{std::move(taken.error), taken.at.tasks};
  release_direct(taken);
  if (thrown.error)
    throw_failure(std::move(thrown));
}

bool frame::make_task(const closure_type &type, void *closure, handle *bound) {
  if (newest_ && !bound && batch::add(*newest_, type, closure))
    return true;
  worker_base *worker = worker_for_task();
  task *made = worker ? make_spawned(*worker, type, closure, bound) : nullptr;
  if (!made)
    return false;
  if (!newest_)
    begin();
  else if (++created_ >= sweep_at_)
    sweep();
  made->at.tasks = ++here.tasks;
  WEAVE_ASSERT(made->owner == worker && !made->previous, "a new task is in no list");
  made->previous = newest_;
  newest_ = made;
  if (bound) {
    made->bound = bound;
    handle_access::begin(*bound);
  }
  offer(*worker, *made);
  return true;
}

void frame::adopt(task &only) noexcept {
  WEAVE_ASSERT(!newest_, "a direct task is the only one of its frame");
  WEAVE_ASSERT(only.is_direct(), "a frame adopts a direct task");
  begin();
  only.previous = nullptr;
  newest_ = &only;
}

void frame::begin() noexcept {
  exceptions_ = std::uncaught_exceptions();
  created_ = 0;
  sweep_at_ = least_sweep;
}

// Keeps the list, and so the memory of a flood of tasks, within twice what is unfinished.
void frame::sweep() noexcept {
  created_ = sweep_tasks(newest_);
  sweep_at_ = 2 * created_ + least_sweep;
}

void frame::join(task *newest) {
  if (failure first = join_tasks(newest); first.error)
    throw_failure(std::move(first));
}

void frame::join(const handle &awaited) {
  join(take_bound(newest_, awaited));
}

// What the tasks threw waits for `rethrow` if an exception passes.
void frame::end_borrowing() {
  if (std::uncaught_exceptions() != 0)
    finish_tasks(newest_);
  else
    join(std::exchange(newest_, nullptr));
}

// An exception that is already on its way cannot be replaced here; it wins over those of the tasks.
void frame::leave(task *newest, int exceptions) {
  failure first = join_tasks(newest);
  if (first.error && std::uncaught_exceptions() <= exceptions)
    throw_failure(std::move(first));
}

void frame::rethrow(task *newest) {
  WEAVE_ASSERT(std::current_exception(), "a frame throws on inside a handler");
  failure first = join_tasks(newest);
  if (first.error && !handled_precedes(first.task))
    throw_failure(std::move(first));
  std::rethrow_exception(std::current_exception());
}

} // namespace weave::detail
