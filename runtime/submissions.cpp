// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Calls that any thread hands to a runtime. runtime/protocol/README.md, "submissions", holds the argument.
#include "weave/submit.h"

#include "runtime.h"
#include "weave/event.h"

#include <stdexcept>

namespace weave::detail {

runtime *runtime_of_this_thread() {
  worker *mine = present_worker();
  return mine ? &mine->home() : &default_runtime();
}

void runtime::accept(std::size_t calls, const worker *mine) {
  if (orphaned())
    throw std::runtime_error("weave: a call is submitted to a runtime of the process that this one was forked from");
  futures_made_.admit(calls + 1);
  const bool from_task = mine && &mine->home() == this && mine->inside_task();
  if (!from_task && closed_.load(memory_order_relaxed)) {
    give_up(calls);
    throw std::runtime_error("weave: a call is submitted to a runtime that has ended");
  }
  expect_submissions();
}

void runtime::give_up(std::size_t calls) noexcept {
  for (std::size_t i = 0; i <= calls; ++i)
    futures_made_.ended();
}

void runtime::expect_submissions() noexcept {
  expect_futures();
  if (!shares_ && !has_server_.load(memory_order_relaxed) && !has_server_.exchange(true, memory_order_relaxed))
    block(); // in place of the helpers that it does not have
}

// (7), from the side of the sender.
void runtime::receive(future_task &first, future_task &last) noexcept {
  const bool several = &first != &last; // which may be gone once they are sent
  const bool more = submitted_.send(first, last) || several;
  const unsigned now = participants();
  if (!sleepers_.all_busy(now))
    if (const auto sleeper = sleepers_.remove_one(0, now, more, 0))
      participant(*sleeper)->unpark();
}

void runtime::finish_submissions(worker &mine) noexcept {
  wait_for_all(&mine);
  close();
  while (!futures_made_.settles())
    wait_for_all(&mine);
}

admission::admission(runtime *to, std::size_t calls) : to_(to), calls_(calls) {
  if (!to)
    throw std::runtime_error("weave: a call is submitted to a runtime that has ended");
  to->accept(calls, present_worker());
}

admission::~admission() { to_->give_up(calls_); }

void admission::prepare(future_task &call) noexcept {
  WEAVE_ASSERT(calls_ != 0, "no more calls are submitted than were accepted");
  --calls_;
  call.owner = nullptr;
  call.at.within = nullptr;
  call.counted = &to_->futures();
  call.home = to_;
  call.submitted = true;
  if (platform::differ(call.computes, to_->computes()))
    to_->expect_other_computing();
}

void admission::send(future_task &first, future_task &last) noexcept {
  for (future_task *each = &first; each; each = each->after.load(memory_order_relaxed))
    prepare(*each);
  to_->receive(first, last);
}

void admission::send_after(future_task &call, const std::vector<event_edge> &events) noexcept {
  prepare(call);
  call.counted->postponed();
  delay(call, events);
}

} // namespace weave::detail
