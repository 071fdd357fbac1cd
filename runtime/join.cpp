// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The slow paths of frames: joining tasks, and choosing the exception that leaves.
#include "weave/join.h"

#include "platform/relax.h"

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

} // namespace

failure join_tasks(task *newest) noexcept {
  failure first{nullptr, 0};
  while (newest) {
    task &joined = *newest;
    newest = joined.previous;
    finish(*joined.owner, joined);
    if (joined.error)
      first = {joined.error, joined.at.tasks + joined.failed_member};
    destroy_task(joined);
  }
  return first;
}

void release_direct(task &done) noexcept {
  done.error = nullptr;
  done.thief.store(nullptr, memory_order_relaxed);
  done.state.store(progress::created, memory_order_relaxed);
  done.owner->kept.store(false, memory_order_relaxed);
  done.owner->direct.release();
}

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

void finish_tasks(task *newest) noexcept {
  for (; newest; newest = newest->previous)
    if (finish(*newest->owner, *newest))
      newest->state.store(progress::done, memory_order_relaxed); // for whoever joins it: this thread
}

void throw_failure(failure &&thrown) {
  last_thrown = {address_of(thrown.error), thrown.task, here.tasks};
  std::rethrow_exception(std::move(thrown.error));
}

bool handled_precedes(std::uint64_t task) noexcept {
  return address_of(std::current_exception()) == last_thrown.exception && last_thrown.task < task &&
         task <= last_thrown.created;
}

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
      destroy_task(swept);
    } else {
      link = &swept.previous;
      ++left;
    }
  }
  return left;
}

} // namespace weave::detail
