// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a program can ask of the runtime.
#pragma once

#include "detail/config.h"
#include "load_balance.h"
#include "options.h"
#include "submit.h"

#include <memory>
#include <utility>

namespace weave {

/// A set of workers of its own, for as long as the object lives. The thread that makes it is one of them, and spawns there until it
/// destroys the object, which it must do itself, in the reverse order of creation. A program needs none: the first task starts a default one.
///
/// Errors: the constructor throws std::invalid_argument, whose text names the option or variable, if one is needed and makes no sense; std::runtime_error if
///   threads are to be bound and cannot be.
class runtime {
public:
  WEAVE_API explicit runtime(const options &options = {});
  runtime(const runtime &) = delete;
  runtime &operator=(const runtime &) = delete;
  /// Waits for all that was spawned or submitted here, and all that those make. Then nothing more can be submitted.
  WEAVE_API ~runtime();

  /// As `weave::submit`, to this runtime.
  template <class F, class... Args> auto submit(F &&f, Args &&...args) {
    return submit_to(own_.get(), std::forward<F>(f), std::forward<Args>(args)...);
  }
  /// As `weave::submit_all`, to this runtime.
  template <class Iterator> auto submit_all(Iterator first, Iterator last) {
    return detail::submit_all_to(own_.get(), first, last);
  }

  /// The calling thread serves as a worker, and sleeps while there is nothing to do, until `done()` is true. That is
  /// asked again after each task that the thread runs, and after each `notify`. The thread may be the one that made the
  /// runtime, or any other of the program; it is a worker only for that time.
  ///
  /// `done` must not throw. Errors: throws std::logic_error if a task calls it, std::runtime_error if there are too
  /// many threads already.
  template <class Done> void run_until(Done done) {
    detail::serve(*own_, [](void *asked) { return static_cast<bool>((*static_cast<Done *>(asked))()); }, &done);
  }
  /// The same until `request_stop`.
  void run_forever() {
    run_until([this] { return stop_requested(); });
  }
  /// The same until nothing is found to begin. What others have begun may go on.
  void run_pending() { detail::serve_pending(*own_); }
  /// The calling thread, which must be no worker yet, serves until the future is ready or for so long, though to the
  /// end of the task that it runs then. Whether the future is ready. Errors: as `run_until`; std::logic_error for a
  /// worker, which waits by `wait`.
  template <class T, class Rep, class Period>
  bool donate(const future<T> &awaited, const std::chrono::duration<Rep, Period> &time) {
    detail::future_task *task = detail::future_access::task_of(awaited);
    return task ? detail::donate(*own_, *task, detail::whole_nanoseconds(time)) : awaited.is_ready();
  }

  /// Says that what `run_until` waits for may have come about. Any thread may, at any time.
  /// Complexity: wakes all workers.
  void notify() noexcept { detail::notify(*own_); }
  /// Ends `run_forever`, on all threads, now or when it is called. A second request changes nothing. Tasks go on.
  void request_stop() noexcept { detail::request_stop(*own_); }
  bool stop_requested() const noexcept { return detail::stop_requested(*own_); }

private:
  std::unique_ptr<detail::runtime> own_;
  detail::worker_base *before_; // what the thread was until then
};

/// How many workers run the tasks of the calling thread at the same time, not counting further threads of the program. Not the size of an array by `worker_id()`: see `worker_slots()`. Starts the default runtime if there is none yet.
WEAVE_API unsigned num_workers();

/// The calling thread's number, below `worker_slots()`: below `num_workers()` for a worker of the runtime, above for further threads of the program that spawn, and for threads that stand in for workers
/// that wait. No two threads have the same at the same time, but that all threads of the program which are too many to be workers have the last. Starts the runtime if need be.
WEAVE_API unsigned worker_id();

/// How many numbers there are for threads of the calling thread's runtime: how large to make an array in which each has an element of its own. Always the same for a runtime. Starts the default
/// runtime if there is none yet.
WEAVE_API unsigned worker_slots();

/// Gives memory that is not in use back to the system: what tasks needed, which workers otherwise keep for further tasks, and what the program's allocator has free.
/// The caller's share is given back at once, that of each other worker when it next looks for work or makes a task, which idle workers are woken to do.
/// Complexity: a few microseconds a worker, and O(n log n) in the memory that the caller's tasks needed. For after a peak, not for a loop.
WEAVE_API void trim() noexcept;

} // namespace weave
