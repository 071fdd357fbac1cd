// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "scheduler.h"

#include "unwatched.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace weave::model {

void scheduler::run(choices &choices, bounds bounds, const std::function<void()> &main) {
  const unwatched section;
  choices_ = &choices;
  left_ = bounds;
  failure_.clear();
  redundant_ = false;
  used_ = self_ = steps_ = spins_ = 0;
  elapsed_ = {};
  for (thread &thread : threads_) {
    thread.state = state::unused;
    thread.postponed = false;
    thread.went_on = none;
  }
  save(outer_);
  threads = this;
  threads_[0].now = clock();
  start(main);
  fiber::change(outside_, threads_[0].stack);
  threads = nullptr;
  restore(outer_);
}

std::chrono::nanoseconds scheduler::elapsed() const { return elapsed_; }

void scheduler::pass(std::chrono::nanoseconds time) {
  act({operation::touches_all, nullptr});
  elapsed_ += time;
}

void scheduler::enter() {
  scheduler &mine = *threads;
  unwatched::end();
  mine.threads_[mine.self_].body();
  const unwatched section;
  mine.tick();
  mine.stop_going_on();
  mine.threads_[mine.self_].state = state::ended;
  for (thread &other : mine.threads_)
    if (other.state == state::blocked && other.joining == mine.self_)
      other.state = state::ready;
  mine.go_on_elsewhere();
}

bool scheduler::is_per_thread(const void *memory) const {
  const auto at = reinterpret_cast<std::uintptr_t>(memory);
  return std::any_of(locals_.begin(), locals_.end(), [at](const local &local) { return at - reinterpret_cast<std::uintptr_t>(local.variable) < local.bytes; });
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

unsigned scheduler::choose(unsigned alternatives, bool rare, unsigned without) {
  return redundant_ ? 0 : choices_->pick(alternatives, rare, without);
}

// The running thread does not come from its last operation to the next.
void scheduler::stop_going_on() {
  if (const std::size_t choice = std::exchange(threads_[self_].went_on, none); choice != none)
    choices_->mark(choice);
}

void scheduler::resume_what_depends_on(const operation &done) {
  for (unsigned thread = 0; thread != used_; ++thread)
    if (threads_[thread].postponed && threads_[thread].next.depends_on(done))
      threads_[thread].postponed = false;
}

void scheduler::act(operation operation) {
  stop_going_on();
  resume_what_depends_on(operation);
}

void scheduler::point(operation next) {
  if (++steps_ > most_steps)
    fail("no end in sight after " + std::to_string(most_steps) + " operations");
  thread &mine = threads_[self_];
  mine.went_on = none;
  if (left_.preemptions) {
    std::array<unsigned, most_threads> others;
    unsigned count = 0, postponed = 0;
    for (unsigned thread = 0; thread != used_; ++thread)
      if (thread != self_ && threads_[thread].state == state::ready) {
        others[count++] = thread;
        postponed |= unsigned{threads_[thread].postponed} << count;
      }
    const std::size_t here = choices_->position();
    if (const unsigned choice = choose(count + 1, true, postponed)) {
      --left_.preemptions;
      mine.next = next;
      mine.postponed = left_.reduced && choices_->is_unmarked(here);
      go(others[choice - 1]);
      mine.postponed = false;
    } else if (choices_->position() != here) {
      mine.went_on = here;
    }
  }
  resume_what_depends_on(next);
}

void scheduler::block(const char *why) {
  stop_going_on();
  threads_[self_].state = state::blocked;
  threads_[self_].why = why;
  go_on_elsewhere();
}

void scheduler::rest() {
  const unwatched section;
  stop_going_on();
  threads_[self_].state = state::resting;
  go_on_elsewhere();
}

void scheduler::spin() {
  const unwatched section;
  stop_going_on();
  threads_[self_].state = state::spinning;
  threads_[self_].spins_since = ++spins_;
  go_on_elsewhere();
}

bool scheduler::go_to_one_in(state wanted) {
  std::array<unsigned, most_threads> found;
  unsigned count = 0, postponed = 0;
  for (unsigned thread = 0; thread != used_; ++thread)
    if (threads_[thread].state == wanted) {
      postponed |= unsigned{threads_[thread].postponed} << count;
      found[count++] = thread;
    }
  if (!count)
    return false;
  redundant_ |= postponed == (1u << count) - 1;
  const unsigned chosen = found[choose(count, false, postponed)];
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
  stop_going_on();
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
  stop_going_on();
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
  const unsigned choice = choose(alternatives, true);
  left_.stale -= choice != 0;
  return choice;
}

} // namespace weave::model
