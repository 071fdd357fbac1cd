// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "channels/offers.h"
#include "channels/parking.h"
#include "channels/returns.h"
#include "loops/clock.h"
#include "memory/pool.h"
#include "observe/tally.h"
#include "platform/clock.h"
#include "platform/floating_point.h"
#include "platform/thread.h"
#include "protocol/batches.h"
#include "protocol/limits.h"
#include "protocol/victims.h"
#include "surroundings.h"
#include "weave/direct.h"
#include "weave/future.h"

#include <vector>

namespace weave::detail {

class runtime;

/// One participant: the channels by which others reach it, and what it keeps for itself.
///
/// Protocol: runtime/protocol/README.md.
/// Ordering: that of its channels; everything else is private to the thread that is this worker.
/// Lifetime: created by the runtime, and never destroyed before it; a thread that leaves hands its worker to the next that comes.
class alignas(64) worker final : public worker_with_record {
public:
  worker(runtime &home, unsigned index, bool shares, std::vector<protocol::ring> near = {});
  worker(const worker &) = delete;
  worker &operator=(const worker &) = delete;
  ~worker() {
    collect();
    parking_.release();
  }

  runtime &home() const { return home_; }
  unsigned index() const { return index_; }
#ifdef WEAVE_CONTRACTS
  /// Whether the calling thread is this worker, or none has said so.
  bool is_mine() const noexcept { return !has_thread_ || thread_ == platform::this_thread(); }
#endif
  pool &memory() { return memory_; }
  loop_clock &loops() { return loops_; }
  observe::tally &observed() { return observed_; }
  const observe::tally &observed() const { return observed_; }

  // For the owner.

  /// Takes the memory that others gave back.
  void collect() noexcept {
    returns_.take_all([this](void *memory, std::size_t bytes, std::size_t alignment) { memory_.free(memory, bytes, alignment); });
  }
  /// Whether a task made now would be one too few on offer; if not, `wanted` is lowered.
  bool wants_task() noexcept;
  /// Puts a task on offer, with all behind it, and wakes somebody for it.
  void send(task &) noexcept;
  bool take_back(task &) noexcept;
  /// Runs other tasks until `awaited` is done, and sleeps when there are none.
  void wait(task &awaited) noexcept;
  /// Runs other tasks, as far as that is safe, until one of these is done or can begin, the deadline has come, or for
  /// no reason.
  void wait_for_any(future_task *const *tasks, std::size_t count, platform::clock::time_point deadline) noexcept;
  /// Runs other tasks until the scope is quiet.
  void wait(scope &awaited) noexcept;
  /// Says that a future's task on offer here was begun by who waits for it. Frees such tasks, now and then.
  void left_behind() noexcept;
  /// How many tasks of one spawn to make together.
  std::uint32_t next_batch() noexcept {
    WEAVE_ASSERT(is_mine(), "a worker chooses its own batches");
    batch_computes_ = platform::x87_control();
    return batch_length_.next(request::tasks(wanted.load(memory_order_relaxed)));
  }
  /// Whether what is spawned now computes like what was in the batch that was made last.
  bool may_extend_batch() const noexcept { return batch_computes_ == platform::x87_control(); }
  /// Says that nothing more can be added to the batch that it put on offer last.
  void batch_is_full() noexcept { settle(); }
  /// Says that one of the tasks that it received was so many.
  void ran_members(std::uint32_t tasks) noexcept {
    WEAVE_ASSERT(is_mine(), "a worker counts what it ran itself");
    if (ran_ != 0 && tasks > 1)
      ran_ += tasks - 1;
  }
  /// Runs a task if it is still on offer, and otherwise waits until it is done. Whether it ran here.
  bool finish(task &) noexcept;
  /// Sees to it that the direct task, which is on offer, is found.
  void announce_direct() noexcept;
  /// Takes the direct task back where there may be no bias. False: somebody else has it.
  bool take_back_unbiased() noexcept;
  /// Asks for a task of its own: for a direct one, if there is nothing to see to first.
  void want_again() noexcept;
  /// Runs a task on top of what this worker runs.
  void run_awaited(task &) noexcept;
  /// Runs it here and now.
  void run_here(task &task, observe::what how) noexcept {
    if (WEAVE_UNLIKELY(observed_.seen_by() != nullptr))
      run_seen(task, how);
    else
      run_task(task);
  }
  /// Whether this is called by such a task.
  bool inside_task() const noexcept { return running_ != 0; }
  /// Says that the calling thread is this worker from now on.
  void begin_thread() noexcept;
  /// Runs tasks until `is_over`, which is asked again whenever this worker is woken.
  void serve(bool (*is_over)(void *), void *argument) noexcept;
  /// Runs tasks, submissions in their order, until the call is done, whoever runs it, or the deadline has come. If it
  /// was not submitted, also until it can begin.
  void serve(future_task &awaited, platform::clock::time_point deadline) noexcept;
  /// Runs tasks until it finds none.
  void serve_pending() noexcept;
  /// Runs tasks until the runtime stops.
  void help() noexcept;
  /// Runs tasks while at least `blocked` workers are blocked, until the runtime stops.
  void stand_in(unsigned blocked) noexcept;
  /// Whether it has no tasks.
  bool is_unused() noexcept {
    collect();
    return memory_.live() == 0 && is_direct_free();
  }
  /// Says that this is another process now: its next spawn looks which runtime it belongs to.
  void after_fork() noexcept {
    levels = static_cast<std::uint32_t>(-(1 << 30)); // so that it asks after each direct task that it takes back
    wanted.store(request::for_tasks(1), memory_order_relaxed);
  }
  /// Gives back memory that is not in use, if somebody asked all workers for it since it did so last.
  void trim_if_asked() noexcept;
  /// Runs what is still on offer here, before the thread leaves.
  void drain() noexcept;

  // For anyone.

  /// Gives a block of this worker's memory back.
  void give_back(void *memory, std::size_t bytes, std::size_t alignment) noexcept { returns_.push(memory, bytes, alignment); }
  /// Receives what is on offer, and asks for so many tasks in its place.
  task *request(std::uint32_t tasks) noexcept;
  /// Sees to it that the worker comes by `trim_if_asked`, unless it computes for long without spawning.
  void ask_to_trim() noexcept {
    raise(1);
    direct.revoke();
    unpark();
  }
  void unpark() noexcept { parking_.unpark(); }
  /// Whether a task runs here at this moment, other than the thread's own.
  bool busy() const noexcept { return nesting() != 0; }

private:
  friend struct inspection; // by tests (test/sim, test/model)

  template <class Done, class Announce> void work_until(Done done, Announce announce, task *awaited, std::uint32_t yields) noexcept;
  template <class Done, class Announce> void sleep(Done done, Announce announce, task *awaited, task *&found) noexcept;
  task *find(task *awaited, bool rests) noexcept;
  task *find_orphaned() noexcept;
  task *take_submitted() noexcept;
  bool must_look_again() const noexcept;
  task *ask_others() noexcept;
  task *ask(worker &) noexcept;
  task *find_descendant() noexcept;
  unsigned nesting() const noexcept { return nesting_.load(memory_order_relaxed); }
  bool may_take_foreign() const noexcept;
  std::size_t stack_in_use() const noexcept;
  bool is_crowded() const noexcept { return static_cast<std::int32_t>(levels) <= 0; }
  bool spent() const noexcept { return offers_.spent() && !offers_direct(); }
  bool holds(std::uint32_t least) noexcept { return offers_.holds(least - (offers_direct() ? 1 : 0)); }
  task *receive() noexcept;
  task *receive_newest() noexcept;
  bool is_unobserved() const noexcept;
  void restore_bias() noexcept;
  void share_direct() noexcept;
  void offer_kept() noexcept;
  bool take_own_direct() noexcept { return offers_direct() && direct.take_own(); }
  bool fence() noexcept;
  bool computes_as(std::uint32_t noted) noexcept;
  void revoke(worker &) noexcept;
  task *claim() noexcept;
  void search(bool) noexcept;
  void wake_one(bool always) noexcept;
  void run(task &) noexcept;
  void run_seen(task &, observe::what) noexcept;
  void tell_of_join(const task &awaited) noexcept;
  void learn() noexcept;
  void send_behind(const task &first) noexcept;
  void raise(std::uint32_t tasks) noexcept;
  void settle() noexcept;

  offers offers_; // directly behind worker_base: see protocol::limits::offers
  runtime &home_;
  const unsigned index_;
  atomic<unsigned> nesting_{0};            // written by the owner
  unsigned running_ = 0;                   // tasks that lie on one another in the thread's stack
  bool searches_ = false, plenty_ = false; // whether it looks for work; and whether there was more where it found some last
  bool met_bias_ = false, met_kept_ = false; // whether others may have, or have, on offer what only they can share; since `sleep` cleared these
  bool has_stack_ = true;                  // for more than what it waits for, where it waits
  std::uintptr_t stack_begin_ = 0;
  std::size_t stack_ = 0;                            // how much of it may be in use then
  std::uint64_t made_before_ = 0;                    // how many tasks the thread had made when the innermost task began here
  bool has_older_direct_ = false;                    // whether its direct task was made before that
  std::uint64_t sent_ = 1, looked_at_ = 0;           // tasks put on offer, ever; and when the last look for descendants found none
  std::size_t behind_ = 0, sweep_at_ = protocol::limits::least_sweep;
  protocol::victims victims_;
  protocol::batch_length batch_length_;
  std::uint16_t batch_computes_ = 0; // as the x87's control word says
  protocol::appetite appetite_;
  std::uint32_t ran_ = 0; // tasks, since it received some from another; 0: that is over
  platform::clock::time_point received_;
  struct {
    worker *victim = nullptr;
    direct_offer::word revocation;
    platform::clock::time_point since;
  } asked_; // the owner of a kept task that it waits for to answer
  pool memory_;
  loop_clock loops_;
  platform::clock::time_point sleeps_until_ = platform::never; // from when it announces a sleep to its end
  unsigned trimmed_; // how many requests to trim there had been when it did so last
  returns returns_;

  counted_parking &parking_;
  observe::tally observed_;
#ifdef WEAVE_CONTRACTS
  bool has_thread_ = false;
  platform::thread::id thread_{}; // that said it was this worker last
#endif
};

} // namespace weave::detail
