// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Scopes: counting what no frame joins, and waiting for it. runtime/protocol/README.md holds the argument.
#include "weave/scope.h"

#include "runtime.h"
#include "weave/detached.h"

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>
#include <mutex>

namespace weave::detail {
namespace {

void sleep_until_quiet(scope &awaited) noexcept {
  auto &place = *new counted_parking;
  while (awaited.await_quiet(place))
    place.park();
  place.release();
}

// By a worker, or by a thread that is none (null).
void wait_for(worker *mine, scope &awaited) noexcept {
  if (mine)
    mine->wait(awaited);
  else
    sleep_until_quiet(awaited);
}

} // namespace

void scope::ended() noexcept {
  WEAVE_ASSERT(static_cast<std::uint32_t>(glance(tasks_)) >= running, "a task ends once in its scope");
  std::uint64_t before = tasks_.load(memory_order_acquire), after;
  counted_parking *woken;
  do {
    after = before - running;
    woken = nullptr;
    if (static_cast<std::uint32_t>(after) == awaited) {
      after -= awaited;
      woken = sleeper_.load(memory_order_relaxed); // while this thread's unit is in the word, nobody else can wait here
    }
  } while (!tasks_.compare_exchange_weak(before, after, memory_order_release, memory_order_acquire));
  if (!woken)
    return;
  woken->unpark();
  woken->release();
}

template <class Done> bool scope::await(counted_parking &sleeper, Done done) noexcept {
  std::uint64_t before = tasks_.load(memory_order_acquire);
  while (!done(before)) {
    if (before & awaited)
      return true;
    sleeper_.store(sleeper.retain(), memory_order_relaxed);
    if (tasks_.compare_exchange_weak(before, before | awaited, memory_order_release, memory_order_acquire))
      return true;
    sleeper.release();
  }
  return false;
}

bool scope::await_quiet(counted_parking &sleeper) noexcept {
  return await(sleeper, [](std::uint64_t tasks) { return tasks == 0; });
}

bool scope::await_idle(counted_parking &sleeper) noexcept { return await(sleeper, &scope::is_idle_at); }

void scope::failed(std::exception_ptr error, std::uint64_t number) noexcept {
  WEAVE_ASSERT(error, "a task that failed threw something");
  auto *mine = new thrown_in_scope{{std::move(error), number}, failures_.load(memory_order_relaxed)};
  while (!failures_.compare_exchange_weak(mine->next, mine, memory_order_relaxed)) {
  }
}

failure scope::take_failure() noexcept {
  WEAVE_ASSERT(glance(tasks_) == 0, "failures are taken when the scope is quiet");
  failure first{nullptr, unordered};
  std::unique_ptr<thrown_in_scope> next(failures_.exchange(nullptr, memory_order_relaxed));
  while (next) {
    if (next->what.task <= first.task) // the last of the list is the first that failed
      first = std::move(next->what);
    next.reset(next->next);
  }
  return first;
}

void detached_failed(std::uint64_t number) noexcept {
  WEAVE_ASSERT(std::current_exception(), "a detached task fails inside a handler");
  if (here.within)
    return here.within->failed(std::current_exception(), number);
  std::fputs("weave: error: a detached task throws an exception that no sync_scope can pass on\n", stderr);
  std::terminate(); // says which
}

void wait_for(scope &awaited) noexcept {
  if (!awaited.is_quiet())
    wait_for(this_worker(), awaited);
}

void runtime::wait_for_all(worker *mine) noexcept {
  for (scope *open = here.within; open; open = open->outer)
    wait_for(mine, *open);
  std::unique_lock alone(waiting_, std::defer_lock);
  if (!orphaned())
    alone.lock();
  while (!futures_made_.is_quiet() || !detached_.is_quiet()) {
    wait_for(mine, futures_made_);
    wait_for(mine, detached_);
  }
}

void runtime::wait_at_exit() noexcept {
  const std::lock_guard alone(waiting_);
  auto &place = *new counted_parking;
  while (detached_.await_idle(place))
    place.park();
  place.release();
  if (detached_.is_quiet())
    return;
  std::fputs(
      "weave: error: detached tasks wait for flow_events that were not triggered before the end of the program\n",
      stderr);
  std::fflush(nullptr);
  std::_Exit(EXIT_FAILURE);
}

} // namespace weave::detail

namespace weave {

void sync_root() {
  detail::worker *const mine = detail::this_worker();
  if (mine && mine->inside_task()) {
    std::fputs("weave: error: sync_root() inside a task would wait for that task itself; use a sync_scope\n", stderr);
    std::abort();
  }
  (mine ? mine->home() : detail::default_runtime()).wait_for_all(mine);
}

} // namespace weave
