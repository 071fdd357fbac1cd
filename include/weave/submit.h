// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// weave::submit(f, args...): a call that any thread hands to a runtime, and does not become a worker by that.
#pragma once

#include "future.h"

#include <chrono>
#include <cstddef>
#include <iterator>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

namespace weave {
namespace detail {

/// The runtime of which the calling thread is a worker, otherwise the default one, which is started if need be.
WEAVE_API runtime *runtime_of_this_thread();

/// So many calls that a runtime has accepted: it does not end before they are sent, and run. What is not sent is given
/// up.
///
/// Thread-safety: one thread's.
class admission {
public:
  /// @param to  null: one that has ended
  /// Errors: throws std::runtime_error if the runtime has ended, or belongs to the process of which this is a forked
  /// child.
  WEAVE_API admission(runtime *to, std::size_t calls);
  admission(const admission &) = delete;
  admission &operator=(const admission &) = delete;
  WEAVE_API ~admission();

  /// Sends the calls, which are linked to one another by `after` in this order, all in one message.
  WEAVE_API void send(future_task &first, future_task &last) noexcept;
  /// Sends the only call when these events have happened.
  WEAVE_API void send_after(future_task &, const std::vector<event_edge> &events) noexcept;

private:
  void prepare(future_task &) noexcept;

  runtime *const to_;
  std::size_t calls_; // that are not sent
};

/// What a thread may do for a runtime. Errors: see weave::runtime.
WEAVE_API void serve(runtime &, bool (*is_over)(void *), void *argument);
WEAVE_API void serve_pending(runtime &);
WEAVE_API void notify(runtime &) noexcept;
WEAVE_API void request_stop(runtime &) noexcept;
WEAVE_API bool stop_requested(const runtime &) noexcept;
WEAVE_API bool donate(runtime &, future_task &awaited, std::chrono::nanoseconds);

template <class T, class F> struct discard_call {
  void operator()(call_task<T, F> *made) const noexcept { made->drop(); }
};
template <class T, class F> using unsent_call = std::unique_ptr<call_task<T, F>, discard_call<T, F>>;

template <class F, class... Args> auto submit_to(runtime *to, F &&f, Args &&...args) {
  using call = bound_call<F, Args...>;
  using result = typename call::result;
  admission accepted(to, 1);
  auto *made = new call_task<result, call>(*current, std::forward<F>(f), std::forward<Args>(args)...);
  auto submitted = future_access::make<result>(made);
  accepted.send(*made, *made);
  return submitted;
}

template <class Iterator> auto submit_all_to(runtime *to, Iterator first, Iterator last) {
  using call = bound_call<decltype(*first)>;
  using result = typename call::result;
  std::vector<future<result>> submitted;
  std::vector<unsent_call<result, call>> made;
  for (; first != last; ++first) {
    made.emplace_back(new call_task<result, call>(*current, *first));
    if (made.size() > 1)
      made[made.size() - 2]->after.store(made.back().get(), memory_order_relaxed);
  }
  if (made.empty())
    return submitted;
  submitted.reserve(made.size());
  admission accepted(to, made.size());
  future_task &oldest = *made.front(), &newest = *made.back();
  for (auto &each : made)
    submitted.push_back(future_access::make<result>(each.release()));
  accepted.send(oldest, newest);
  return submitted;
}

} // namespace detail

/// Hands the call of `f(args...)`, with copies of all of them, or what was moved there, to the calling thread's
/// runtime, if the thread is a worker, otherwise to the default one. Workers begin what was submitted to a runtime in
/// the order in which it was; only a worker that waits for a call may begin it sooner. It never waits behind a task:
/// any worker that has nothing to do takes it. The call is not a part of what submits it: no `sync_scope` of the caller
/// waits for it, but its future does, and the end of the runtime.
///
/// Thread-safety: any thread, at any time. The caller does not become a worker, and does not wait for others.
/// Errors: throws what copying throws; std::runtime_error if the runtime has ended, or belongs to the process of which
/// this is a forked child. What the call throws is thrown by `future::get`.
/// Complexity: allocates the task; a few atomic steps on words of the runtime, and one wake-up if workers sleep and
/// nobody looks for work. The first may start the default runtime, or, in a runtime of one worker, a thread that runs
/// what is submitted.
template <class F, class... Args> auto submit(F &&f, Args &&...args) {
  return submit_to(detail::runtime_of_this_thread(), std::forward<F>(f), std::forward<Args>(args)...);
}

/// The same for calls of all functions of a range, without arguments, in one message. Returns a vector of their
/// futures.
///
/// Errors: as `submit`; if one is thrown, none is submitted.
/// Complexity: allocates a task each; the rest is as for one call.
template <class Iterator> auto submit_all(Iterator first, Iterator last) {
  return submit_all_to(detail::runtime_of_this_thread(), first, last);
}

} // namespace weave
