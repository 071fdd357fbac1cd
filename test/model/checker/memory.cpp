// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "memory.h"

#include "scheduler.h"
#include "trace.h"
#include "unwatched.h"

#include <utility>

namespace weave::model {
namespace {

bool acquires(order order) {
  return order == order::acquire || order == order::acq_rel || order == order::seq_cst || order == order::consume;
}
bool releases(order order) { return order == order::release || order == order::acq_rel || order == order::seq_cst; }

} // namespace

void memory::begin() {
  ++execution_;
  used_ = 0;
  acquired_later_ = {};
  released_ = {};
}

// Objects that were there before the execution enter it when they are first used.
location &memory::find(cell &cell) {
  if (cell.execution == execution_)
    return *cell.at;
  if (used_ == locations_.size())
    locations_.emplace_back();
  cell.execution = execution_;
  cell.at = &locations_[used_];
  location &made = locations_[used_];
  made.number = used_++;
  made.alive = true;
  made.creator = 0;
  made.created = 0;
  made.used = {};
  made.agreed = 0;
  made.waiters.clear();
  made.stores.clear();
  made.stores.push_back({cell.value, false, {}, {}});
  return made;
}

void memory::create(cell &cell) {
  const unwatched section;
  cell.execution = 0;
  location &made = find(cell);
  made.creator = threads->self();
  made.created = threads->tick();
  made.stores[0].seen.fill(never);
  made.stores[0].seen[made.creator] = made.created;
}

void memory::destroy(cell &cell) {
  const unwatched section;
  location &dying = access(cell);
  for (unsigned thread = 0; thread != most_threads; ++thread)
    if (!threads->now().includes(thread, dying.used[thread]))
      threads->fail("an atomic is destroyed while thread " + std::to_string(thread) + " may still use it");
  dying.alive = false;
}

// Begins an operation of the running thread.
location &memory::access(cell &cell) {
  location &found = find(cell);
  if (!found.alive)
    threads->fail("an atomic is used after it was destroyed");
  if (!threads->now().includes(found.creator, found.created))
    threads->fail("an atomic is used that was not published to this thread");
  found.used[threads->self()] = threads->tick();
  return found;
}

// The oldest store that a thread may read.
std::size_t memory::floor(const location &location, order order, unsigned reader) const {
  std::size_t at = location.stores.size() - 1;
  const auto must_have_seen = [&](const written &store) {
    for (unsigned thread = 0; thread != most_threads; ++thread)
      if (threads->now(reader).includes(thread, store.seen[thread]))
        return true;
    return false;
  };
  while (at && !must_have_seen(location.stores[at]))
    --at;
  return order == order::seq_cst ? std::max(at, location.agreed) : at;
}

void memory::observe(location &location, std::size_t at, order order) {
  written &store = location.stores[at];
  moment &seen = store.seen[threads->self()];
  seen = std::min(seen, threads->now()[threads->self()]);
  if (order == order::seq_cst)
    location.agreed = std::max(location.agreed, at);
  if (acquires(order))
    threads->now().join(store.message);
  else
    acquired_later_[threads->self()].join(store.message);
}

void memory::insert(location &location, std::size_t at, word value, order order, const clock *replaced) {
  written made{value, replaced != nullptr, releases(order) ? threads->now() : released_[threads->self()], {}};
  if (replaced)
    made.message.join(*replaced); // the release sequence goes on
  made.seen.fill(never);
  made.seen[threads->self()] = threads->now()[threads->self()];
  location.stores.insert(location.stores.begin() + static_cast<std::ptrdiff_t>(at), made);
  location.agreed += at <= location.agreed;
  if (order == order::seq_cst)
    location.agreed = std::max(location.agreed, at);
}

// Takes note of the stores that a load may read, the newest first.
void memory::candidates(const location &location, order order) {
  candidates_.clear();
  const std::size_t oldest = floor(location, order, threads->self());
  for (std::size_t at = location.stores.size(); at-- > oldest;)
    candidates_.push_back(at);
}

std::size_t memory::pick() { return candidates_[threads->pick_stale(static_cast<unsigned>(candidates_.size()))]; }

word memory::load(cell &cell, order order, place where) {
  const unwatched section;
  if (!threads)
    return cell.value;
  threads->point({order == order::seq_cst ? operation::agrees : operation::reads, &cell});
  location &from = access(cell);
  candidates(from, order);
  const std::size_t at = pick();
  observe(from, at, order);
  trace::note("load", from.number, from.stores[at].value, order, where);
  return from.stores[at].value;
}

void memory::store(cell &cell, word value, order order, place where) {
  const unwatched section;
  if (!threads) {
    cell.value = value;
    return;
  }
  threads->point({operation::writes, &cell});
  location &to = access(cell);
  candidates(to, order);
  std::erase_if(candidates_, [&](std::size_t at) { return precedes_replacement(to, at); });
  const std::size_t at = pick();
  insert(to, at + 1, value, order, nullptr);
  trace::note("store", to.number, value, order, where);
}

bool memory::precedes_replacement(const location &location, std::size_t at) {
  return at + 1 != location.stores.size() && location.stores[at + 1].replaces;
}

void memory::replace(location &location, std::size_t at, word value, order order) {
  const clock message = location.stores[at].message;
  observe(location, at, order);
  insert(location, at + 1, value, order, &message);
}

word memory::modify(cell &cell, word (*change)(word, word), word operand, order order, place where) {
  const unwatched section;
  if (!threads)
    return std::exchange(cell.value, change(cell.value, operand));
  threads->point({operation::writes, &cell});
  location &here = access(cell);
  candidates(here, order);
  std::erase_if(candidates_, [&](std::size_t at) { return precedes_replacement(here, at); });
  const std::size_t at = pick();
  const word replaced = here.stores[at].value, value = change(replaced, operand);
  replace(here, at, value, order);
  trace::note("replace by", here.number, value, order, where);
  return replaced;
}

bool memory::compare_exchange(cell &cell, word &expected, word desired, bool weak, order success, order failure,
                              place where) {
  const unwatched section;
  if (!threads) {
    const bool equal = cell.value == expected;
    expected = std::exchange(cell.value, equal ? desired : cell.value);
    return equal;
  }
  threads->point({operation::writes, &cell});
  location &here = access(cell);
  const auto equal = [&](std::size_t at) { return here.stores[at].value == expected; };
  const std::size_t oldest = floor(here, success, threads->self());
  candidates(here, failure);
  std::erase_if(candidates_,
                [&](std::size_t at) { return equal(at) && (at < oldest || precedes_replacement(here, at)); });
  if (weak && equal(candidates_.front()))
    candidates_.push_back(here.stores.size()); // stands for a failure without a reason
  std::size_t at = pick();
  const bool spurious = at == here.stores.size();
  at -= spurious;
  if (equal(at) && !spurious) {
    replace(here, at, desired, success);
    trace::note("compare and replace by", here.number, desired, success, where);
    return true;
  }
  observe(here, at, failure);
  expected = here.stores[at].value;
  trace::note("compare in vain with", here.number, expected, failure, where);
  return false;
}

word memory::newest(cell &cell) {
  const unwatched section;
  threads->act({operation::agrees, &cell});
  return find(cell).stores.back().value;
}

word memory::glance(cell &cell) {
  const unwatched section;
  return threads ? find(cell).stores.back().value : cell.value;
}

void memory::fence(order order, place where) {
  const unwatched section;
  if (!threads)
    return;
  threads->point({order == order::seq_cst ? operation::touches_all : operation::is_local, nullptr});
  threads->tick();
  const unsigned self = threads->self();
  if (acquires(order))
    threads->now().join(acquired_later_[self]);
  if (order == order::seq_cst)
    agree(self);
  if (releases(order))
    released_[self] = threads->now();
  trace::note("fence", 0, 0, order, where);
}

// What the thread has seen the single order has from now on, and the other way round.
void memory::agree(unsigned thread) {
  const moment now = threads->now(thread)[thread];
  for (std::size_t i = 0; i != used_; ++i) {
    location &each = locations_[i];
    each.agreed = std::max(each.agreed, floor(each, order::relaxed, thread));
    moment &seen = each.stores[each.agreed].seen[thread];
    seen = std::min(seen, now);
  }
}

void memory::heavy_fence(place where) {
  fence(order::seq_cst, where);
  const unwatched section;
  if (!threads)
    return;
  for (unsigned thread = 0; thread != threads->count(); ++thread)
    if (thread != threads->self()) {
      threads->now(thread).tick(thread);
      agree(thread);
    }
  agree(threads->self());
}

void memory::wait(cell &cell, word old, order order, place where) {
  const unwatched section;
  while (load(cell, order, where) == old) {
    threads->point({operation::writes, &cell});
    location &here = access(cell);
    if (here.stores.back().value != old)
      continue;
    trace::note("wait for a change of", here.number, old, order, where);
    here.waiters.push_back(threads->self());
    threads->block("an atomic to change");
  }
}

void memory::notify(cell &cell, bool all, place where) {
  const unwatched section;
  if (!threads)
    return;
  threads->point({operation::writes, &cell});
  location &here = access(cell);
  trace::note(all ? "notify all of" : "notify one of", here.number, 0, order::relaxed, where);
  while (!here.waiters.empty()) {
    const unsigned woken = threads->pick(static_cast<unsigned>(here.waiters.size()));
    threads->wake(here.waiters[woken]);
    here.waiters.erase(here.waiters.begin() + woken);
    if (!all)
      break;
  }
}

} // namespace weave::model
