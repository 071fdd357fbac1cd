// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "channels/inbox.h"
#include "channels/sleepers.h"
#include "channels/suppliers.h"
#include "configuration.h"
#include "platform/clock.h"
#include "platform/thread.h"
#include "worker.h"

#include <memory>
#include <vector>

namespace weave::detail {

// How many forks lie between the process that was started and this one. Written only in a child that has a single thread.
inline unsigned forks = 0;

/// Stands for a thread that will not be a worker: it runs its tasks in place.
extern worker_base loner;

/// Ends a forked child that waits for what it can never get, with a message.
[[noreturn]] void lost_in_fork() noexcept;

/// A set of workers that share their work.
///
/// Protocol: constructed -> stopping, once. Helpers end when they see it; threads of the program may go on with what they have.
///   In a forked child it is orphaned: its helpers are not there, and the worker of the thread that forked works alone with what it has.
/// Ordering: a worker is published in its place (release, acquire), which whoever saw its mark or its sleep sees too, and in `participants_`, sequentially consistent, so that a sleeper that
///   its first offer missed looks at its mark (protocol/README.md, 2). That it stops, and how many are blocked, is relaxed: the wake-up that follows carries it.
/// Lifetime: outlives its helpers, and every enrolled thread.
class runtime {
public:
  /// Its workers are the threads that this starts, and one of the program's. A thread that cannot be started is done without.
  /// Threads of the program are not bound: those that they start would inherit it.
  explicit runtime(configuration);
  runtime(const runtime &) = delete;
  runtime &operator=(const runtime &) = delete;
  /// Waits for the helpers, so for every task that they still run.
  ~runtime() { stop(while_busy::wait); }

  enum class while_busy { wait, abandon };
  /// Ends the helpers. A helper in the middle of a task is waited for, or abandoned to the end of the process.
  void stop(while_busy) noexcept;

  /// A worker for the calling thread; null when there are too many threads already, or no memory.
  worker *enrol();
  /// Gives it back.
  void retire(worker &) noexcept;

  unsigned workers() const { return workers_; }
  /// Workers, further threads, and one number for all that are beyond those.
  unsigned slots() const { return capacity_ + 1; }
  waiting wait() const { return wait_; }
  const observe::destination &statistics() const { return statistics_; }
  /// Who sees what a worker does; null if nobody does.
  std::unique_ptr<observe::witness> witness_of(unsigned worker) const {
    const bool is_seen = trace_.is_wanted() || tool_.size != 0;
    return is_seen ? std::make_unique<observe::witness>(worker, trace_.is_wanted() ? trace_.records : 0, tool_)
                   : nullptr;
  }
  const platform::tick_length &tick_length() const { return tick_length_; }
  bool orphaned() const noexcept { return forks_ != forks; }
  bool stopping() const noexcept { return stopping_.load(memory_order_relaxed); }
  unsigned participants() const noexcept { return participants_.load(memory_order_seq_cst); }
  /// Null for one that is being enrolled.
  worker *participant(unsigned index) const noexcept {
    WEAVE_ASSERT(index < capacity_, "a participant has a place");
    return places_[index].occupant.load(memory_order_acquire);
  }

  class sleepers &sleepers() noexcept { return sleepers_; }
  class suppliers &suppliers() noexcept { return suppliers_; }

  /// Whether tasks of futures may be among those that run here; for good.
  bool has_futures() const noexcept { return futures_.load(memory_order_relaxed); }
  void expect_futures() noexcept {
    if (!has_futures())
      futures_.store(true, memory_order_relaxed);
  }

  /// Whether there may be detached tasks; for good.
  bool has_detached() const noexcept { return has_detached_.load(memory_order_relaxed); }
  void expect_detached() noexcept {
    if (!has_detached())
      has_detached_.store(true, memory_order_relaxed);
  }

  /// How the thread computed that started it, and so the helpers do.
  std::uint32_t computes() const noexcept { return computes_; }
  /// Whether some code here may compute in other ways; for good.
  bool has_other_computing() const noexcept { return other_computing_.load(memory_order_relaxed); }
  void expect_other_computing() noexcept {
    if (!has_other_computing())
      other_computing_.store(true, memory_order_relaxed);
  }

  /// Whether a thief can take what an owner put on offer in silence.
  bool has_heavy_fences() const noexcept { return heavy_fences_.load(memory_order_relaxed); }
  void lose_heavy_fences() noexcept { heavy_fences_.store(false, memory_order_relaxed); }

  /// A worker that waits and may run nothing meanwhile says so. As many threads more stand in for those that are blocked.
  void block() noexcept;
  void unblock() noexcept {
    WEAVE_ASSERT(glance(blocked_) != 0, "who is unblocked was blocked");
    blocked_.fetch_sub(1, memory_order_relaxed);
  }
  unsigned blocked() const noexcept { return blocked_.load(memory_order_relaxed); }

  /// Asks all workers to give back memory that is not in use. Those that nobody is at the moment do it here.
  void trim() noexcept;
  /// How often that was asked.
  unsigned trims() const noexcept { return trims_.load(memory_order_seq_cst); }

  /// Calls that no worker has made: what any thread submitted.
  inbox &submitted() noexcept { return submitted_; }
  /// Counts so many calls that will be submitted, and one more for who does it, so that the runtime does not end
  /// meanwhile. Throws std::runtime_error if it has ended, unless a task submits.
  /// @param mine  the calling thread's worker, or null
  void accept(std::size_t calls, const worker *mine);
  /// Sees to it that somebody takes them.
  void expect_submissions() noexcept;
  /// Counts off what is not sent, and who would have done it.
  void give_up(std::size_t calls) noexcept;
  /// Sends calls that were counted, which are linked, and wakes somebody for them. The caller counts, too, until it
  /// returns.
  void receive(future_task &first, future_task &last) noexcept;
  /// Wakes every worker, for whatever it waits.
  void notify() noexcept;
  void request_stop() noexcept {
    stop_requested_.store(true, memory_order_release);
    notify();
  }
  bool stop_requested() const noexcept { return stop_requested_.load(memory_order_acquire); }
  /// From now on nothing is accepted, but from tasks.
  void close() noexcept { closed_.store(true, memory_order_relaxed); }
  /// Waits until all that was accepted is done, and closes.
  void finish_submissions(worker &mine) noexcept;

  /// Where tasks count that were made outside all sync_scopes.
  scope &futures() noexcept { return futures_made_; }
  scope &detached() noexcept { return detached_; }
  /// Waits for them, and for what the scopes around the caller wait for. `mine`: the calling thread's worker, or null.
  void wait_for_all(worker *mine) noexcept;
  /// Waits for the detached ones, and ends the process with a message if some wait for events that nobody can trigger any more.
  void wait_at_exit() noexcept;

  runtime *predecessor = nullptr; ///< The orphan that this one replaces, for those who look for leaks.

private:
  platform::seat seat_of(unsigned worker) const { return worker < seats_.size() ? seats_[worker] : platform::seat(); }

  struct place {
    atomic<bool> taken{false};
    atomic<worker *> occupant{nullptr};
    std::unique_ptr<worker> storage;
  };

  /// A thread that runs while at least so many workers are blocked as its number says.
  struct stand_in {
    atomic<bool> taken{false};
    atomic<worker *> at_work{nullptr};
    atomic<bool> started{false}; // published when `thread` is set
    platform::thread thread;
  };
  worker *take_place(unsigned);
  void start_stand_in(unsigned blocked) noexcept;
  void end(platform::thread &, const worker &, while_busy) noexcept;
  void report() noexcept;
  void write_statistics(double nanoseconds_per_tick) const;
  void write_trace(double nanoseconds_per_tick) const;

  platform::tick_length tick_length_;
  const unsigned workers_;
  const waiting wait_;
  const bool starts_threads_;
  const std::size_t stack_; // of each thread that it starts, in bytes
  const observe::destination statistics_;
  const observe::trace_file trace_;
  const weave_observer tool_;
  const platform::clock::time_point started_ = platform::clock::now();
  const platform::ticks started_at_ = platform::read_ticks();
  const std::vector<platform::seat> seats_;
  const unsigned capacity_;
  const std::unique_ptr<place[]> places_; // the program's first thread, the helpers, then further threads and stand-ins in turn
  class sleepers sleepers_;
  class suppliers suppliers_;
  std::vector<platform::thread> helpers_;
  const std::unique_ptr<stand_in[]> stand_ins_;
  bool shares_ = false;
  const unsigned forks_ = forks; // before it started
  const std::uint32_t computes_ = platform::floating_point();

  alignas(64) atomic<unsigned> participants_;
  atomic<bool> stopping_{false};
  atomic<bool> futures_{false};
  atomic<unsigned> trims_{0};
  atomic<bool> has_detached_{false};
  atomic<bool> heavy_fences_{false};
  atomic<bool> other_computing_{false};
  scope futures_made_, detached_;
  inbox submitted_;
  atomic<bool> closed_{false};
  atomic<bool> stop_requested_{false};
  atomic<bool> has_server_{false}; // a stand-in, in place of helpers
  platform::mutex waiting_; // a scope has one waiter
  alignas(64) atomic<unsigned> blocked_{0};
};

/// The runtime that the first task starts. Exits the process with a message if its configuration is wrong.
runtime &default_runtime();

/// The calling thread's worker, enrolled with the default runtime if it is none yet; null if it cannot be one.
worker *this_worker();

/// The same without enrolling it; null if it is none, or that of a runtime that a fork orphaned.
worker *present_worker() noexcept;

/// Whether the calling thread has had nothing to do with a runtime yet.
bool is_outside() noexcept;

} // namespace weave::detail
