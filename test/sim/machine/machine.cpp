// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "machine.h"

#include "checker/unwatched.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace weave::sim {

using model::unwatched;

void machine::watch(nanoseconds period, std::function<void()> look) {
  period_ = period;
  next_look_ = period;
  look_ = std::move(look);
}

void machine::run(const settings &settings, std::function<void()> main) {
  settings_ = settings;
  random_.seed(settings.seed);
  threads_.clear();
  lines_.clear();
  last_number_ = 0;
  waiters_.clear();
  failure_.clear();
  transfers_ = digest_ = now_ = 0;
  save(outer_);
  self_ = 0;
  start(std::move(main));
  turns_.clear();
  model::fiber::change(outside_, threads_[0]->stack);
  self_ = nobody;
  restore(outer_);
}

void machine::enter() {
  machine &mine = processors;
  unwatched::end();
  mine.here().body();
  const unwatched section;
  mine.here().body = nullptr;
  mine.here().ended = true;
  if (mine.here().joined_by != nobody)
    mine.ready(mine.here().joined_by, mine.now_);
  mine.go_on_elsewhere();
}

void machine::ready(unsigned thread, nanoseconds when) {
  threads_[thread]->clock = std::max(threads_[thread]->clock, when);
  turns_.push_back({threads_[thread]->clock, thread});
  std::push_heap(turns_.begin(), turns_.end(), std::greater<>());
}

void machine::save(std::vector<std::byte> &values) const {
  values.clear();
  for (const local &local : locals_) {
    const auto *from = static_cast<const std::byte *>(local.variable);
    values.insert(values.end(), from, from + local.bytes);
  }
}

void machine::restore(const std::vector<std::byte> &values) {
  const std::byte *from = values.data();
  for (const local &local : locals_) {
    std::memcpy(local.variable, from, local.bytes);
    from += local.bytes;
  }
}

void machine::go(unsigned next) {
  note(next);
  thread &from = *threads_[std::exchange(self_, next)], &to = *threads_[next];
  now_ = to.clock;
  note(now_);
  if (&from == &to)
    return;
  save(from.locals);
  restore(to.locals);
  model::fiber::change(from.stack, to.stack);
}

// For a thread that cannot go on.
void machine::go_on_elsewhere() {
  if (!turns_.empty()) {
    std::pop_heap(turns_.begin(), turns_.end(), std::greater<>());
    const unsigned next = turns_.back().second;
    turns_.pop_back();
    return go(next);
  }
  const auto stuck = std::count_if(threads_.begin(), threads_.end(), [](const auto &each) { return !each->ended; });
  if (stuck)
    fail("deadlock: " + std::to_string(stuck) + " threads wait for each other");
  model::fiber::change(here().stack, outside_);
}

// Lets others go first who are behind.
void machine::catch_up() {
  if (now_ >= next_look_ && look_) {
    next_look_ = now_ - now_ % period_ + period_;
    looking_ = true;
    look_();
    looking_ = false;
  }
  if (now_ > settings_.limit)
    fail("no end in sight");
  if (turns_.empty() || turns_.front().first + lead >= now_)
    return;
  here().clock = now_;
  std::pop_heap(turns_.begin(), turns_.end(), std::greater<>());
  const unsigned next = std::exchange(turns_.back(), {now_, self_}).second;
  std::push_heap(turns_.begin(), turns_.end(), std::greater<>());
  go(next);
}

// Nothing takes the same time twice.
nanoseconds machine::varied(nanoseconds cost) { return cost - cost / 8 + below(cost / 4 + 1); }

void machine::spend(nanoseconds cost) {
  if (!running() || looking_)
    return;
  const unwatched section;
  now_ += varied(cost);
  catch_up();
}

void machine::interrupt_all() {
  if (!running() || looking_)
    return;
  for (auto &[when, thread] : turns_)
    threads_[thread]->clock = when += costs().interrupt;
  spend(costs().fence);
}

void machine::touch(const void *at, access kind, bool waits_for_line) {
  if (!running() || looking_)
    return;
  const unwatched section;
  const std::uintptr_t number = reinterpret_cast<std::uintptr_t>(at) / 64;
  if (number != last_number_) {
    last_number_ = number;
    last_ = &lines_[number];
  }
  line &line = *last_;
  const std::size_t word = self_ / 64;
  const std::uint64_t bit = std::uint64_t{1} << self_ % 64;
  const bool shared = line.owner == nobody;
  const bool has_it = line.owner == self_ ||
                      (kind == access::read && shared && word < line.sharers.size() && (line.sharers[word] & bit));
  now_ += costs().hit;
  if (!has_it) {
    ++transfers_;
    const nanoseconds begin = std::max(now_, line.free);
    nanoseconds end = begin + varied(costs().transfer);
    if (settings_.trouble.delays && below(settings_.trouble.delays) == 0)
      end += below(settings_.trouble.delay);
    if (kind == access::read) {
      if (!shared) { // its owner has to give it up; then all may copy it at a time
        line.free = end;
        line.sharers.assign(threads_.size() / 64 + 1, 0);
        line.sharers[line.owner / 64] |= std::uint64_t{1} << line.owner % 64;
        line.owner = nobody;
      }
      line.sharers.resize(std::max(line.sharers.size(), word + 1));
      line.sharers[word] |= bit;
    } else {
      line.free = end;
      line.owner = self_;
    }
    if (waits_for_line)
      now_ = end;
  }
  if (kind != access::read && waits_for_line)
    now_ += costs().modify;
  if (settings_.trouble.stalls && below(settings_.trouble.stalls) == 0)
    now_ += below(settings_.trouble.stall);
  catch_up();
}

void machine::wait(const void *at) {
  const unwatched section;
  waiters_[at].push_back(self_);
  here().clock = here().asleep = now_;
  go_on_elsewhere();
  here().asleep = 0;
}

void machine::notify(const void *at, bool all) {
  if (!running())
    return;
  const unwatched section;
  const auto found = waiters_.find(at);
  if (found == waiters_.end())
    return;
  do {
    std::vector<unsigned> &waiting = found->second;
    std::swap(waiting[below(waiting.size())], waiting.back());
    ready(waiting.back(), now_ + varied(costs().wake_up));
    waiting.pop_back();
    now_ += varied(costs().notify);
  } while (all && !found->second.empty());
  if (found->second.empty())
    waiters_.erase(found);
  catch_up();
}

unsigned machine::start(std::function<void()> body) {
  const unwatched section;
  threads_.push_back(std::make_unique<thread>());
  thread &made = *threads_.back();
  made.body = std::move(body);
  made.locals = outer_;
  made.stack.start(&enter);
  const unsigned number = threads() - 1;
  now_ += varied(costs().start);
  ready(number, now_);
  return number;
}

void machine::join(unsigned other) {
  const unwatched section;
  if (threads_[other]->ended)
    return;
  threads_[other]->joined_by = self_;
  here().clock = now_;
  go_on_elsewhere();
}

void machine::fail(std::string what) {
  const unwatched section;
  failure_ = std::move(what);
  model::fiber::change(here().stack, outside_);
  std::abort(); // nobody resumes a run that failed
}

} // namespace weave::sim
