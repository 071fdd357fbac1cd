// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// weave::spawn(f, args...): a task as a value, which any thread may wait for.
#pragma once

#include "detached.h"
#include "detail/call.h"
#include "detail/future_task.h"
#include "detail/outcome.h"

#include <chrono>
#include <cstddef>
#include <iterator>
#include <utility>
#include <vector>

namespace weave {
namespace detail {

template <class T> struct result_task : future_task {
  using future_task::future_task;
  outcome<T> result;
};

template <class T, class F> struct call_task final : result_task<T> {
  template <class... Parts>
  explicit call_task(worker_base &owner, Parts &&...parts)
      : result_task<T>(&run_call, &destroy_call, owner), call(std::forward<Parts>(parts)...) {}
  ~call_task() {}

  static void run_call(task &self) noexcept {
    auto &me = static_cast<call_task &>(self);
    me.result.of(me.call);
    me.call.~F();
    scope &counts = *me.counted;
    me.finished();
    counts.ended();
  }
  static void destroy_call(future_task &self) noexcept { delete &static_cast<call_task &>(self); }
  /// Frees a call that was never on offer, without running it.
  void drop() noexcept {
    call.~F();
    delete this;
  }

  union {
    F call; // destroyed by run_call, on the thread that ran it
  };
};

/// Puts a future's task on offer.
WEAVE_API void offer_future(worker_base &, future_task &) noexcept;
/// Waits until one of the tasks is done, and returns which.
WEAVE_API std::size_t wait_for_any(future_task *const *tasks, std::size_t count) noexcept;
/// Waits until the task is done, or for so long. Whether it is.
WEAVE_API bool wait_for(future_task &, std::chrono::nanoseconds) noexcept;
/// Ends the holder's part in a task that is done.
WEAVE_API void let_go(future_task &) noexcept;

/// The next longer time in nanoseconds, or the longest.
template <class Rep, class Period>
std::chrono::nanoseconds whole_nanoseconds(const std::chrono::duration<Rep, Period> &time) {
  using std::chrono::nanoseconds;
  // As one comparison in floating point, since neither need have room for the other.
  if (std::chrono::duration<double, std::nano>(time).count() >= 9e18)
    return nanoseconds::max();
  if (time <= time.zero())
    return nanoseconds::zero();
  const auto whole = std::chrono::duration_cast<nanoseconds>(time);
  return whole < time ? whole + nanoseconds(1) : whole;
}

struct future_access;

} // namespace detail

/// What a spawned call will return or throw.
///
/// A value to move: to another thread, out of the function that made it, into a container. Its destructor waits for the task, so that what
/// the call refers to may end behind it; `get` returns the result, once.
/// Thread-safety: as for any value; different threads may have different futures.
template <class T> class [[nodiscard]] future {
public:
  future() = default;
  future(future &&other) noexcept(noexcept(detail::outcome<T>(std::move(other.here_))))
      : here_(std::move(other.here_)), task_(std::exchange(other.task_, nullptr)) {}
  future &operator=(future &&other) noexcept(noexcept(detail::outcome<T>(std::move(other.here_)))) {
    if (this != &other) {
      wait();
      release();
      here_ = std::move(other.here_);
      task_ = std::exchange(other.task_, nullptr);
    }
    return *this;
  }
  ~future() {
    wait();
    release();
  }

  /// Whether there is a result to get: not after `get`, a move away, or the default constructor.
  bool valid() const noexcept { return task_ || here_.ready(); }
  /// Whether `get` would return without waiting.
  bool is_ready() const noexcept { return task_ ? task_->is_done() : here_.ready(); }
  /// Returns when the call has ended. Runs it, if nobody has begun it.
  void wait() const noexcept {
    if (task_ && !task_->is_done()) {
      detail::future_task *const awaited = task_;
      detail::wait_for_any(&awaited, 1);
    }
  }
  /// The same, but not for longer than that, if waiting is all there is to do: a worker waits by running tasks, of
  /// which it finishes the last. Whether `get` would return without waiting now. A time that is not positive only
  /// looks.
  template <class Rep, class Period> bool wait_for(const std::chrono::duration<Rep, Period> &time) const {
    return task_ ? detail::wait_for(*task_, detail::whole_nanoseconds(time)) : here_.ready();
  }
  /// The same until a time of any clock.
  template <class Clock, class Duration>
  bool wait_until(const std::chrono::time_point<Clock, Duration> &deadline) const {
    for (auto now = Clock::now(); now < deadline; now = Clock::now())
      if (wait_for(deadline - now))
        return true;
    return is_ready();
  }
  /// Whether the call became a task, which its spawner's workers run, rather than to run at once; and whether it was
  /// submitted. Both are false where there is no result to get any more.
  bool was_spawned() const noexcept { return task_ && !task_->submitted; }
  bool was_submitted() const noexcept { return task_ && task_->submitted; }
  /// Waits, and returns what the call returned or throws what it threw. The future must be valid, and is not any more then.
  T get() {
    WEAVE_ASSERT(valid(), "a future that is got has a result to come");
    wait();
    detail::outcome<T> result(std::move(task_ ? task_->result : here_));
    release();
    return std::move(result).take();
  }

private:
  friend detail::future_access;

  void release() noexcept {
    if (detail::result_task<T> *mine = std::exchange(task_, nullptr))
      detail::let_go(*mine);
  }

  detail::outcome<T> here_; // of a call that ran at once
  detail::result_task<T> *task_ = nullptr;
};

namespace detail {

struct future_access {
  template <class T> static future<T> make(result_task<T> *made) {
    future<T> result;
    result.task_ = made;
    return result;
  }
  template <class T, class F> static future<T> run(F &&call) {
    future<T> result;
    result.here_.of(call);
    return result;
  }
  template <class T> static future_task *task_of(const future<T> &awaited) { return awaited.task_; }
};

template <class Call, class... Parts> WEAVE_COLD auto spawn_call(Parts &&...parts) {
  using result = typename Call::result;
  if (worker_base *worker = worker_for_task())
    if (auto *made = new (std::nothrow) call_task<result, Call>(*worker, std::forward<Parts>(parts)...)) {
      offer_future(*worker, *made);
      return future_access::make<result>(made);
    }
  return future_access::run<result>(Call(std::forward<Parts>(parts)...));
}

} // namespace detail

/// Calls `f(args...)`, with copies of all of them, or what was moved there: at once, or in parallel to the caller.
///
/// What the call waits for must not depend on what the caller does afterwards, since it may run at once.
/// Errors: throws what copying throws; what the call throws is thrown by `future::get`.
/// Complexity: as a call while nobody wants work; otherwise a task is allocated.
template <class F, class... Args> auto spawn(F &&f, Args &&...args) {
  using call = detail::bound_call<F, Args...>;
  if (detail::task_wanted())
    return detail::spawn_call<call>(std::forward<F>(f), std::forward<Args>(args)...);
  return detail::future_access::run<typename call::result>(call(std::forward<F>(f), std::forward<Args>(args)...));
}

/// Calls `f(args...)`, with copies of all of them, or what was moved there: at once, or in parallel to the caller, which may return first. Nobody gets what it returns.
/// `sync_scope`, `sync_root` and the end of the process wait for it.
///
/// Errors: throws what copying throws; what the call throws is thrown by the `sync_scope` around, and ends the process if there is none.
/// Complexity: as a call while nobody wants work.
template <class F, class... Args> void spawn_detached(F &&f, Args &&...args) {
  detail::bound_call<F, Args...> call(std::forward<F>(f), std::forward<Args>(args)...);
  detail::detached().spawn(call);
}

/// `awaited.get()`.
template <class T> T sync(future<T> &awaited) { return awaited.get(); }
template <class T> T sync(future<T> &&awaited) { return awaited.get(); }

/// Waits for every one of them. What they threw stays in them.
template <class... T> void wait_all(const future<T> &...awaited) { (awaited.wait(), ...); }
template <class Iterator> auto wait_all(Iterator first, Iterator last) -> decltype((*first).wait()) {
  for (; first != last; ++first)
    (*first).wait();
}

/// Waits until one of the futures, all of them valid, is ready, and returns its position. There must be at least one.
template <class... T> std::size_t wait_any(const future<T> &...awaited) {
  const bool ready[] = {awaited.is_ready()...};
  for (std::size_t i = 0; i != sizeof...(T); ++i)
    if (ready[i])
      return i;
  WEAVE_ASSERT((awaited.valid() && ...), "wait_any waits for valid futures");
  detail::future_task *const tasks[] = {detail::future_access::task_of(awaited)...};
  return detail::wait_for_any(tasks, sizeof...(T));
}
/// The same for a range of futures; returns an iterator.
template <class Iterator, class = decltype((*std::declval<Iterator &>()).wait())>
Iterator wait_any(Iterator first, Iterator last) {
  std::vector<detail::future_task *> tasks;
  for (Iterator each = first; each != last; ++each) {
    if ((*each).is_ready())
      return each;
    tasks.push_back(detail::future_access::task_of(*each));
  }
  WEAVE_ASSERT(!tasks.empty(), "wait_any waits for at least one future");
  return std::next(first, static_cast<std::ptrdiff_t>(detail::wait_for_any(tasks.data(), tasks.size())));
}

} // namespace weave
