// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The stand-ins of the serial projection: the same interface, one worker, no runtime to link.
#pragma once

#include "detail/call.h"
#include "detail/outcome.h"
#include "detail/place.h"
#include "options.h"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <thread>
#include <vector>

namespace weave {

template <class T> class future;

/// Nothing has to run it: what is submitted runs where it is.
///
/// Ordering: who sees that a stop is requested has acquired what precedes the request.
class runtime {
public:
  explicit runtime(const options & = {}) {}
  runtime(const runtime &) = delete;
  runtime &operator=(const runtime &) = delete;
  ~runtime() {} // not trivial, as in the parallel program: no warning of an unused variable

  /// The call runs here and now, on the thread that submits it.
  template <class F, class... Args> auto submit(F &&f, Args &&...args);
  template <class Iterator> auto submit_all(Iterator first, Iterator last);

  /// Waits for what other threads of the program do: nothing is left for this one.
  template <class Done> void run_until(Done done) {
    while (!done())
      std::this_thread::yield();
  }
  void run_forever() {
    run_until([this] { return stop_requested(); });
  }
  void run_pending() {}
  template <class T, class Rep, class Period>
  bool donate(const future<T> &awaited, const std::chrono::duration<Rep, Period> &) {
    return awaited.is_ready();
  }
  void notify() noexcept {}
  void request_stop() noexcept { stop_.store(true, std::memory_order_release); }
  bool stop_requested() const noexcept { return stop_.load(std::memory_order_acquire); }

private:
  std::atomic<bool> stop_{false};
};

inline unsigned num_workers() { return 1; }
inline unsigned worker_id() { return 0; }
inline unsigned worker_slots() { return 1; }
inline void trim() noexcept {}
inline void load_balance() noexcept {}

/// Tasks run where they are spawned, so that there is never anything to wait for, and nobody to ask whether a task was bound.
class handle {
public:
  handle() {}
  handle(const handle &) = delete;
  handle &operator=(const handle &) = delete;
  ~handle() {}

  bool is_ready() const noexcept { return true; }
  bool is_spawned() const noexcept { return true; }
};

class sync_scope {
public:
  sync_scope() noexcept {}
  sync_scope(const sync_scope &) = delete;
  sync_scope &operator=(const sync_scope &) = delete;
  ~sync_scope() {}
};
inline void sync_root() {}

/// What a call returned or threw.
template <class T> class [[nodiscard]] future {
public:
  future() = default;
  future(future &&) = default;
  future &operator=(future &&) = default;
  ~future() {}

  bool valid() const noexcept { return result_.ready(); }
  bool is_ready() const noexcept { return result_.ready(); }
  void wait() const noexcept {}
  template <class Rep, class Period> bool wait_for(const std::chrono::duration<Rep, Period> &) const {
    return is_ready();
  }
  template <class Clock, class Duration> bool wait_until(const std::chrono::time_point<Clock, Duration> &) const {
    return is_ready();
  }
  bool was_spawned() const noexcept { return false; }
  bool was_submitted() const noexcept { return false; }
  T get() {
    detail::outcome<T> result(std::move(result_));
    return std::move(result).take();
  }

private:
  template <class F, class... Args> friend auto spawn(F &&, Args &&...);

  detail::outcome<T> result_;
};

template <class F, class... Args> auto spawn(F &&f, Args &&...args) {
  detail::bound_call<F, Args...> call(std::forward<F>(f), std::forward<Args>(args)...);
  future<typename detail::bound_call<F, Args...>::result> called;
  called.result_.of(call);
  return called;
}

template <class F, class... Args> void spawn_detached(F &&f, Args &&...args) {
  detail::bound_call<F, Args...>(std::forward<F>(f), std::forward<Args>(args)...)();
}

template <class F, class... Args> auto submit(F &&f, Args &&...args) {
  return spawn(std::forward<F>(f), std::forward<Args>(args)...);
}
template <class Iterator> auto submit_all(Iterator first, Iterator last) {
  std::vector<decltype(submit(*first))> called;
  for (; first != last; ++first)
    called.push_back(submit(*first));
  return called;
}
template <class F, class... Args> auto runtime::submit(F &&f, Args &&...args) {
  return spawn(std::forward<F>(f), std::forward<Args>(args)...);
}
template <class Iterator> auto runtime::submit_all(Iterator first, Iterator last) {
  return weave::submit_all(first, last);
}

template <class T> T sync(future<T> &awaited) { return awaited.get(); }
template <class T> T sync(future<T> &&awaited) { return awaited.get(); }

template <class... T> void wait_all(const future<T> &...) {}
template <class Iterator> auto wait_all(Iterator first, Iterator) -> decltype((*first).wait()) {}
template <class... T> std::size_t wait_any(const future<T> &...) { return 0; }
template <class Iterator, class = decltype((*std::declval<Iterator &>()).wait())>
Iterator wait_any(Iterator first, Iterator) {
  return first;
}

/// Checks that it is triggered once, and before anything depends on it.
class flow_event {
public:
  using place = detail::place;

  explicit flow_event(place made = place::here()) : flow_event(detail::event_range(made)) {}
  flow_event(long start, long stop, long stride = 1, place made = place::here())
      : flow_event(detail::event_range(start, stop, stride, made)) {}
  flow_event(const flow_event &) = delete;
  flow_event &operator=(const flow_event &) = delete;

  void trigger(place at = place::here()) { trigger_part(range_.only(at), at); }
  void trigger(long iteration, place at = place::here()) { trigger_part(range_.part(iteration, at), at); }

  struct iteration {
    const flow_event &event;
    std::size_t position;
  };
  iteration operator[](long i) const { return {*this, range_.part(i, range_.made())}; }

private:
  template <class...> friend class depends_on;

  explicit flow_event(detail::event_range range) : range_(range), happened_(range.size()) {}
  void trigger_part(std::size_t part, place at) {
    if (happened_[part])
      detail::stop_at(at, "a flow_event is triggered a second time", range_.made());
    happened_[part] = true;
  }

  detail::event_range range_;
  std::vector<bool> happened_;
};

template <class... Events> class depends_on {
public:
  explicit depends_on(const Events &...events, detail::place at = detail::place::here()) { (check(events, at), ...); }

private:
  static void check(const flow_event &event, detail::place at) {
    for (std::size_t i = 0; i != event.range_.size(); ++i)
      check({event, i}, at);
  }
  static void check(const flow_event::iteration &part, detail::place at) {
    if (!part.event.happened_[part.position])
      detail::stop_at(at, "the call depends on a flow_event that is not triggered yet, so in the serial program it would wait for ever",
                      part.event.range_.made());
  }
};
template <class... Events> depends_on(const Events &...) -> depends_on<Events...>;

template <class... Events, class F, class... Args> auto spawn(depends_on<Events...> &&, F &&f, Args &&...args) {
  return spawn(std::forward<F>(f), std::forward<Args>(args)...);
}
template <class... Events, class F, class... Args> void spawn_detached(depends_on<Events...> &&, F &&f, Args &&...args) {
  spawn_detached(std::forward<F>(f), std::forward<Args>(args)...);
}

} // namespace weave
