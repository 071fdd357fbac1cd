// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "scheduler.h"

#include "unwatched.h"

#include <cstring>
#include <utility>

namespace weave::model {

void scheduler::run(choices &choices, bounds bounds, const std::function<void()> &main) {
  const unwatched section;
  choices_ = &choices;
  left_ = bounds;
  failure_.clear();
  used_ = self_ = steps_ = 0;
  elapsed_ = {};
  for (thread &thread : threads_)
    thread.state = state::unused;
  save(outer_);
  threads = this;
  threads_[0].now = clock();
  start(main);
  fiber::change(outside_, threads_[0].stack);
  threads = nullptr;
  restore(outer_);
}

std::chrono::nanoseconds scheduler::elapsed() const { return elapsed_; }

void scheduler::pass(std::chrono::nanoseconds time) { elapsed_ += time; }

void scheduler::enter() {
  scheduler &mine = *threads;
  unwatched::end();
  mine.threads_[mine.self_].body();
  const unwatched section;
  mine.tick();
  mine.threads_[mine.self_].state = state::ended;
  for (thread &other : mine.threads_)
    if (other.state == state::blocked && other.joining == mine.self_)
      other.state = state::ready;
  mine.go_on_elsewhere();
}

bool scheduler::is_per_thread(const void *memory) const {
  for (const local &local : locals_)
    if (local.variable == memory)
      return true;
  return false;
}

void scheduler::save(std::vector<std::byte> &values) const {
  values.clear();
  for (const local &local : locals_) {
    const auto *from = static_cast<const std::byte *>(local.variable);
    values.insert(values.end(), from, from + local.bytes);
  }
}

void scheduler::restore(const std::vector<std::byte> &values) {
  const std::byte *from = values.data();
  for (const local &local : locals_) {
    std::memcpy(local.variable, from, local.bytes);
    from += local.bytes;
  }
}

void scheduler::go(unsigned thread) {
  if (thread == self_)
    return;
  struct thread &here = threads_[std::exchange(self_, thread)];
  save(here.locals);
  restore(threads_[thread].locals);
  fiber::change(here.stack, threads_[thread].stack);
}

void scheduler::point() {
  if (++steps_ > most_steps)
    fail("no end in sight after " + std::to_string(most_steps) + " operations");
  if (left_.preemptions == 0)
    return;
  std::array<unsigned, most_threads> others;
  unsigned count = 0;
  for (unsigned thread = 0; thread != used_; ++thread)
    if (thread != self_ && threads_[thread].state == state::ready)
      others[count++] = thread;
  if (const unsigned choice = choices_->pick(count + 1, true)) {
    --left_.preemptions;
    go(others[choice - 1]);
  }
}

void scheduler::block(const char *why) {
  threads_[self_].state = state::blocked;
  threads_[self_].why = why;
  go_on_elsewhere();
}

void scheduler::rest() {
  const unwatched section;
  threads_[self_].state = state::resting;
  go_on_elsewhere();
}

void scheduler::spin() {
  const unwatched section;
  threads_[self_].state = state::spinning;
  threads_[self_].spins_since = steps_;
  go_on_elsewhere();
}

bool scheduler::go_to_one_in(state wanted) {
  std::array<unsigned, most_threads> found;
  unsigned count = 0;
  for (unsigned thread = 0; thread != used_; ++thread)
    if (threads_[thread].state == wanted)
      found[count++] = thread;
  if (!count)
    return false;
  const unsigned chosen = found[choices_->pick(count, false)];
  threads_[chosen].state = state::ready;
  go(chosen);
  return true;
}

bool scheduler::go_to_a_spinner() {
  thread *next = nullptr;
  for (thread &each : threads_)
    if (each.state == state::spinning && (!next || each.spins_since < next->spins_since))
      next = &each;
  if (!next)
    return false;
  next->state = state::ready;
  go(static_cast<unsigned>(next - threads_.data()));
  return true;
}

// For a thread that is not ready.
void scheduler::go_on_elsewhere() {
  if (go_to_one_in(state::ready) || go_to_one_in(state::resting) || go_to_a_spinner())
    return;
  std::string stuck;
  for (unsigned thread = 0; thread != used_; ++thread)
    if (threads_[thread].state == state::blocked)
      stuck +=
          (stuck.empty() ? "thread " : ", thread ") + std::to_string(thread) + " waits for " + threads_[thread].why;
  if (!stuck.empty())
    fail("deadlock: " + stuck);
  fiber::change(threads_[self_].stack, outside_);
}

unsigned scheduler::start(std::function<void()> body) {
  const unwatched section;
  if (used_ == most_threads)
    fail("too many threads");
  struct thread &made = threads_[used_];
  made.state = state::ready;
  made.body = std::move(body);
  tick();
  made.now = now();
  made.joining = most_threads;
  made.locals = outer_;
  made.stack.start(&enter);
  return used_++;
}

void scheduler::join(unsigned thread) {
  const unwatched section;
  threads_[self_].joining = thread;
  if (threads_[thread].state != state::ended)
    block("the end of a thread");
  threads_[self_].joining = most_threads;
  now().join(threads_[thread].now);
}

void scheduler::fail(std::string what) {
  const unwatched section;
  failure_ = std::move(what);
  fiber::change(threads_[self_].stack, outside_);
  std::abort(); // nobody resumes a failed execution
}

unsigned scheduler::pick_stale(unsigned alternatives) {
  if (left_.stale == 0)
    return 0;
  const unsigned choice = choices_->pick(alternatives, true);
  left_.stale -= choice != 0;
  return choice;
}

} // namespace weave::model
