// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Joins the protocol and the channels. runtime/protocol/README.md holds the argument; the numbers below are its sections.
#include "worker.h"

#include "futures.h"
#include "platform/fences.h"
#include "platform/heap.h"
#include "platform/relax.h"
#include "platform/stack.h"
#include "protocol/patience.h"
#include "protocol/supply.h"
#include "runtime.h"
#include "batch.h"
#include "surroundings.h"

#include <array>
#include <limits>

namespace weave::detail {

worker::worker(runtime &home, unsigned index, bool shares, std::vector<protocol::ring> near)
    : worker_with_record(shares ? request::for_tasks(1) : request::none, shares), home_(home), index_(index),
      victims_(index + 1, std::move(near)), loops_(home.tick_length()), trimmed_(home.trims()),
      parking_(*new counted_parking), observed_(home.statistics().is_wanted(), home.witness_of(index)) {
  kept_task.computes = home.computes();
}

void worker::raise(std::uint32_t tasks) noexcept {
  if (const std::uint32_t asking = request::for_tasks(tasks); shares && wanted.load(memory_order_seq_cst) < asking)
    wanted.store(asking, memory_order_relaxed); // (1): behind the zero that it read, in the order of this word
}

// Lowers `wanted` if enough is on offer, in the order that (1) needs: store, then look.
void worker::settle() noexcept {
  WEAVE_ASSERT(is_mine(), "a worker lowers its own request");
  const std::uint32_t asked_for = wanted.load(memory_order_relaxed);
  if (asked_for == request::none || spent())
    return;
  const std::uint32_t enough = is_crowded() ? 1 : protocol::supply(home_.participants(), offers::capacity);
  if (!holds(enough))
    return;
  wanted.store(request::none, memory_order_seq_cst);
  if (!holds(enough))
    wanted.store(asked_for, memory_order_relaxed);
}

bool worker::wants_task() noexcept {
  WEAVE_ASSERT(is_mine(), "a worker answers its own request");
  if (home_.orphaned()) {
    if (memory_.live() != 0) // otherwise it asks again and again, until its direct task is done
      wanted.store(request::none, memory_order_relaxed);
    return false;
  }
  trim_if_asked();
  if (!direct.is_biased())
    share_direct(); // which is the answer to who looked
  if (wanted.load(memory_order_relaxed) == request::own)
    wanted.store(request::for_tasks(1), memory_order_relaxed); // or a direct task could follow one that is on offer
  settle();
  return (shares && chance(2) && !offers_.holds(offers::capacity)) || wanted.load(memory_order_relaxed) != request::none;
}

void worker::send(task &first) noexcept {
  WEAVE_ASSERT(is_mine(), "a worker fills its own slots");
  WEAVE_ASSERT(first.run, "what is offered has code");
  const bool mine = first.owner == this, fills = mine && batch::is_filling(first);
  computes_as(first.computes);
  offers_.send(first, mine);
  ++sent_;
  if (!fills)
    settle();
  home_.suppliers().mark(index_);
  wake_one(offers_.holds_another() || offers_direct());
}

// (2): after a task was put on offer. Whoever searches will find it; one more is woken if those do not keep up.
void worker::wake_one(bool always) noexcept {
  const unsigned participants = home_.participants();
  if (home_.sleepers().all_busy(participants))
    return;
  if (const auto sleeper = home_.sleepers().remove_one(index_, participants, always, victims_.below(participants))) {
    observed_.woke(*sleeper);
    home_.participant(*sleeper)->unpark();
  }
}

// (3): others rely on who searches to find what they offer. If that was the last who did, it may have left something.
void worker::search(bool now) noexcept {
  WEAVE_ASSERT(is_mine(), "a worker searches for itself");
  if (searches_ == now)
    return;
  searches_ = now;
  if (now)
    return home_.sleepers().begin_search(index_);
  const bool last = home_.sleepers().end_search(index_);
  if (last || plenty_)
    wake_one(plenty_);
}

// What was behind a task that is about to run here, which is not touched, since it is another worker's memory.
void worker::send_behind(const task &first) noexcept {
  if (first.next)
    send(*first.next);
}

bool worker::take_back(task &task) noexcept {
  WEAVE_ASSERT(is_mine(), "a worker takes back for itself");
  WEAVE_ASSERT(task.owner == this, "a task is taken back by its owner");
  if (task.is_direct()) {
    const bool taken = take_own_direct(); // which it is until its list ends
    if (taken)
      raise(1);
    return taken;
  }
  if (!offers_.take_back(task))
    return false;
  batch_length_.taken_back();
  if (task.next)
    send(*task.next);
  if (spent())
    want_again();
  return true;
}

// On top of many that it took back, what it takes back makes no tasks, if nobody asks for one meanwhile: they would need several times the stack of a serial run.
bool worker::finish(task &task) noexcept {
  WEAVE_ASSERT(!task.is_future(), "a call is waited for by its future");
  if (!take_back(task)) {
    wait(task);
    return false;
  }
  const bool crowded = is_crowded();
  if (crowded)
    wanted.store(request::none, memory_order_relaxed);
  --levels;
  run_here(task, observe::what::taken_back);
  ++levels;
  if (crowded)
    raise(1);
  return true;
}

task *worker::request(std::uint32_t tasks) noexcept {
  task *received = receive();
  if (received)
    raise(tasks); // (1): take, then ask for more
  return received;
}

void worker::run_awaited(task &task) noexcept {
  WEAVE_ASSERT(is_mine(), "a worker runs what it received");
  const std::uint64_t made_before = std::exchange(made_before_, here.tasks);
  const bool had_older_direct = std::exchange(has_older_direct_, !is_direct_free());
  ++running_;
  run_here(task, task.owner == this ? observe::what::found : observe::what::stolen);
  --running_;
  made_before_ = made_before;
  has_older_direct_ = had_older_direct;
  looked_at_ = 0;
}

void worker::run(task &task) noexcept {
  WEAVE_ASSERT(glance(task.state) != progress::done, "a task is received once");
  send_behind(task);
  worker *owner = static_cast<worker *>(task.owner);
  if (owner && owner != this)
    observed_.count(observe::event::stolen);
  task.thief.store(this, memory_order_release);
  const platform::own_environment mine;
  run_awaited(task);
  task.raised = mine.restore();
  const progress before = task.state.exchange(progress::done, memory_order_acq_rel); // (4)
  if (before == progress::awaited)
    owner->unpark();
  else if (before == progress::abandoned)
    static_cast<future_task &>(task).discard();
}

// Nothing may lie on top of what a future's task waits for (protocol/README.md, "no deadlock").
bool worker::may_take_foreign() const noexcept {
  return nesting() < (home_.has_futures() ? 1 : protocol::limits::nesting) && (nesting() == 0 || has_stack_);
}

std::size_t worker::stack_in_use() const noexcept {
  const std::uintptr_t position = platform::stack_position();
  return std::max(position, stack_begin_) - std::min(position, stack_begin_);
}

void worker::begin_thread() noexcept {
#ifdef WEAVE_CONTRACTS
  has_thread_ = true;
  thread_ = platform::this_thread();
#endif
  const std::size_t size = platform::stack_size();
  stack_begin_ = platform::stack_position();
  stack_ = size ? std::min(size / 8, protocol::limits::stack) : protocol::limits::stack;
  const auto most = std::size_t{std::numeric_limits<std::int32_t>::max()};
  levels = static_cast<std::uint32_t>(size ? std::min(size / 4 / protocol::limits::task_stack, most) : most);
}

task *worker::ask(worker &victim) noexcept {
  task *found = victim.request(appetite_.tasks());
  plenty_ = found && !victim.offers_.empty(); // the direct task would have been taken first
  if (!found)
    revoke(victim);
  return found;
}

// (2): of what the victim puts on offer from now on it tells others. What it keeps, it shares at its next spawn.
void worker::revoke(worker &victim) noexcept {
  WEAVE_ASSERT(&victim != this, "a thief asks others");
  const direct_offer::word revocation = victim.direct.revoke();
  if (!revocation)
    return;
  met_bias_ = true;
  if (!victim.kept.load(memory_order_relaxed))
    return;
  met_kept_ = true;
  victim.raise(1);
  if (!asked_.victim)
    asked_ = {&victim, revocation, platform::clock::now()};
}

// False: from now on no bias is restored, and what is on offer in silence waits for its owner.
bool worker::fence() noexcept {
  if (platform::heavy_fence())
    return true;
  home_.lose_heavy_fences();
  return false;
}

// Takes what an owner has not shared in time.
task *worker::claim() noexcept {
  WEAVE_ASSERT(is_mine(), "a thief claims for itself");
  worker *victim = asked_.victim;
  if (!victim)
    return nullptr;
  if (!victim->direct.is_unanswered(asked_.revocation)) {
    asked_.victim = nullptr;
    return nullptr;
  }
  if (!chance(4) && platform::clock::now() - asked_.since < std::chrono::nanoseconds(protocol::limits::answer))
    return nullptr;
  asked_.victim = nullptr;
  if (home_.has_other_computing())
    return nullptr;
  if (!fence())
    return nullptr;
  if (!victim->kept.load(memory_order_acquire) || !victim->direct.claim(asked_.revocation))
    return nullptr;
  victim->raise(appetite_.tasks());
  return victim->record;
}

// (7)
task *worker::take_submitted() noexcept {
  task *found = home_.submitted().take();
  if (found)
    plenty_ = !home_.submitted().is_empty();
  return found;
}

// (7): another takes from the inbox at this moment, or a sender has not linked what it brought.
bool worker::must_look_again() const noexcept { return !home_.submitted().is_empty(); }

// (2), from the side of the thief.
task *worker::ask_others() noexcept {
  WEAVE_ASSERT(is_mine(), "a thief asks for itself");
  const unsigned participants = home_.participants();
  suppliers &suppliers = home_.suppliers();
  task *found = nullptr;
  victims_.any(participants, index_, [&](unsigned group) { return suppliers.marked(group); },
               [&](unsigned victim) {
                 worker &other = *home_.participant(victim);
                 if ((found = ask(other)) || participants <= protocol::limits::few || !other.direct.is_unbiased())
                   return found != nullptr;
                 suppliers.clear(victim);
                 if (!(found = ask(other)) && other.direct.is_unbiased())
                   return false;
                 suppliers.mark(victim);
                 wake_one(false);
                 return found != nullptr;
               });
  return found;
}

// What the innermost task that runs here made: it lies in that task's part of the serial program, so nothing that it waits for is buried here.
task *worker::find_descendant() noexcept {
  WEAVE_ASSERT(is_mine(), "a worker looks through its own offers");
  std::array<task *, offers::capacity> others;
  std::size_t count = 0;
  task *found = nullptr;
  while (task *list = found || looked_at_ == sent_ ? nullptr : offers_.receive_newest()) {
    task **link = &list;
    while (*link && !((*link)->owner == this && (*link)->at.tasks > made_before_))
      link = &(*link)->next;
    if ((found = *link))
      *link = std::exchange(found->next, nullptr);
    if (list)
      others[count++] = list;
  }
  while (count)
    send(*others[--count]);
  if (!found && !has_older_direct_ && take_own_direct())
    found = record;
  if (!found)
    looked_at_ = sent_;
  else if (spent())
    raise(1);
  return found;
}

// The descendants of what is awaited first, then what this worker offers itself, then what others do.
task *worker::find(task *awaited, bool rests) noexcept {
  const bool takes_foreign = may_take_foreign();
  if (!takes_foreign && home_.has_futures())
    return find_descendant();
  task *found = nullptr;
  const bool asks = !rests || appetite_.rest().count() == 0 || platform::clock::now() - received_ >= appetite_.rest();
  if (awaited && asks)
    if (auto *thief = static_cast<worker *>(awaited->thief.load(memory_order_acquire)); thief && thief != this)
      found = ask(*thief);
  if (!found) {
    if ((found = receive_newest())) {
      if (spent() && !found->next) // or they are sent at once
        raise(1);
      ran_ += ran_ != 0;
      return found;
    }
    learn();
    if (takes_foreign && (found = take_submitted()))
      return found;
    if (takes_foreign && asks)
      found = ask_others();
    if (!found && asks)
      found = claim();
  }
  if (found) {
    ran_ = 1;
    received_ = platform::clock::now();
  }
  return found;
}

// What it received from another is done, with all that was behind it.
void worker::learn() noexcept {
  if (ran_ == 0)
    return;
  appetite_.learn(ran_, platform::clock::now() - received_);
  ran_ = 0;
}

// In a forked child: what nobody had taken before the fork can still be done.
task *worker::find_orphaned() noexcept {
  if (task *found = receive_newest())
    return found;
  lost_in_fork();
}

// (2), (3), (4) and (7), from the side of the sleeper.
template <class Done, class Announce>
void worker::sleep(Done done, Announce announce, task *awaited, task *&found) noexcept {
  WEAVE_ASSERT(is_mine(), "a worker sleeps itself");
  const bool takes_work = searches_;
  if (takes_work)
    home_.sleepers().enter(index_);
  met_bias_ = met_kept_ = false;
  found = find(awaited, false);
  if (!found && met_bias_ && takes_work && fence()) {
    met_kept_ = false;
    found = find(awaited, false);
  }
  const bool passed = !found && takes_work && must_look_again();
  const bool stays = found || passed || (met_kept_ && home_.has_heavy_fences()) || !announce();
  if (passed)
    platform::yield();
  else if (!found && asked_.victim)
    platform::relax();
  if (!stays && !chance(8)) {
    const bool blocks = !takes_work && (home_.has_futures() || home_.has_detached());
    if (blocks)
      home_.block();
    const platform::clock::time_point until = std::exchange(sleeps_until_, platform::never);
    if (home_.wait() == waiting::active) {
      parking_.poll(until);
    } else {
      observed_.count(observe::event::slept);
      observed_.turn_to(observe::activity::sleeping);
      parking_.park(until);
      observed_.turn_to(observe::activity::searching);
    }
    if (blocks)
      home_.unblock();
  }
  if (!takes_work || home_.sleepers().leave(index_))
    return;
  if (!stays && !done())
    found = find(awaited, false);
}

template <class Done, class Announce>
void worker::work_until(Done done, Announce announce, task *awaited, std::uint32_t yields) noexcept {
  protocol::patience patience =
      home_.wait() == waiting::passive ? protocol::no_patience() : protocol::patience(protocol::limits::spins, yields);
  WEAVE_ASSERT(is_mine(), "a worker waits itself");
  const bool had_stack = std::exchange(has_stack_, stack_in_use() <= stack_);
  const observe::activity before = observed_.turn_to(observe::activity::searching);
  while (!done()) {
    trim_if_asked();
    task *found = home_.orphaned() ? find_orphaned() : chance(8) ? nullptr : find(awaited, true);
    if (!found) {
      search(may_take_foreign());
      share_direct(); // or it would seem to others for as long as it waits that there could be something
      switch (chance(64) ? protocol::patience::step::sleep : patience.next()) {
      case protocol::patience::step::spin:
        platform::relax();
        break;
      case protocol::patience::step::yield:
        platform::yield();
        break;
      case protocol::patience::step::sleep:
        sleep(done, announce, awaited, found);
        break;
      }
    }
    if (found) {
      search(false);
      asked_.victim = nullptr;
      nesting_.store(nesting() + 1, memory_order_relaxed);
      observed_.turn_to(observe::activity::working);
      run(*found);
      observed_.turn_to(observe::activity::searching);
      nesting_.store(nesting() - 1, memory_order_relaxed);
      patience.found_work();
    }
  }
  search(false);
  asked_.victim = nullptr;
  observed_.turn_to(before);
  WEAVE_ASSERT(!searches_, "who leaves a wait searches for nothing");
  has_stack_ = had_stack;
}

void worker::wait(task &awaited) noexcept {
  observed_.count(observe::event::waited);
  work_until([&] { return awaited.state.load(memory_order_acquire) == progress::done; },
             [&] {
               progress expected = progress::created;
               return awaited.state.compare_exchange_strong(expected, progress::awaited, memory_order_relaxed) ||
                      expected == progress::awaited;
             },
             &awaited, protocol::limits::yields_at_join);
  if (WEAVE_UNLIKELY(observed_.seen_by() != nullptr))
    tell_of_join(awaited);
  platform::raise_flags(awaited.raised);
}

void worker::wait(scope &awaited) noexcept {
  observed_.count(observe::event::waited);
  work_until([&] { return awaited.is_quiet(); }, [&] { return awaited.await_quiet(parking_); }, nullptr, protocol::limits::yields_at_join);
}

void worker::help() noexcept {
  const auto running = [this] { return !home_.stopping(); };
  begin_thread();
  work_until([&] { return !running(); }, running, nullptr, protocol::limits::yields);
}

void worker::serve(bool (*is_over)(void *), void *argument) noexcept {
  const auto over = [=] { return is_over(argument); };
  work_until(over, [&] { return !over(); }, nullptr, protocol::limits::yields);
}

void worker::serve(future_task &awaited, platform::clock::time_point deadline) noexcept {
  future_task *const task = &awaited;
  const awaited_futures until(nullptr, &task, 1, parking_);
  work_until([&] { return until.actionable() || platform::is_over(deadline); },
             [&] {
               sleeps_until_ = deadline;
               return until.enter();
             },
             nullptr, protocol::limits::yields);
}

// Whoever would sleep has looked everywhere.
void worker::serve_pending() noexcept {
  bool found_nothing = false;
  work_until([&] { return found_nothing; },
             [&] {
               found_nothing = true;
               return false;
             },
             nullptr, 0);
}

void worker::stand_in(unsigned blocked) noexcept {
  const auto needed = [&] { return !home_.stopping() && home_.blocked() >= blocked; };
  begin_thread();
  while (!home_.stopping()) {
    work_until([&] { return !needed(); }, needed, nullptr, protocol::limits::yields);
    drain();
    while (!home_.stopping() && !needed()) {
      parking_.park();
      trim_if_asked();
    }
  }
}

void worker::wait_for_any(future_task *const *tasks, std::size_t count, platform::clock::time_point deadline) noexcept {
  observed_.count(observe::event::waited);
  const awaited_futures awaited(this, tasks, count, parking_);
  work_until([&] { return awaited.actionable() || platform::is_over(deadline); },
             [&] {
               sleeps_until_ = deadline;
               return awaited.enter();
             },
             nullptr, protocol::limits::yields_at_join);
}

void worker::trim_if_asked() noexcept {
  const unsigned asked = home_.trims();
  if (asked == trimmed_)
    return;
  trimmed_ = asked;
  collect();
  if (memory_.trim())
    platform::trim_heap();
}

void worker::drain() noexcept {
  WEAVE_ASSERT(is_mine(), "a worker leaves itself");
  while (task *mine = offers_.receive_newest())
    run(*mine);
  share_direct();
  raise(1); // for who has this worker next
}

} // namespace weave::detail
