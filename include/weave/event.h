// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// weave::flow_event, and calls that wait for events before they begin.
#pragma once

#include "detail/place.h"
#include "submit.h"

#include <memory>
#include <vector>

namespace weave {
/// Events for which a call waits: see below.
template <class... Events> class depends_on;

namespace detail {

template <class... Events, class F, class... Args>
auto submit_to(runtime *to, depends_on<Events...> &&events, F &&f, Args &&...args);

/// One thing that happens once.
///
/// Protocol: `waiting` is a list that spawning threads push to and the trigger closes, once; it then tells each task in it.
/// Ordering: closing acquires what pushing released, and releases what precedes the trigger to tasks that find it closed.
/// Lifetime: its event's. Edges are their tasks', and are not read after the last event of a task has happened.
struct event_part {
  atomic<event_edge *> waiting{nullptr};
};

/// False: it happened before.
WEAVE_API bool happen(event_part &) noexcept;
WEAVE_API bool has_happened(const event_part &) noexcept;
/// Whether tasks wait for it.
WEAVE_API bool is_awaited(const event_part &) noexcept;
/// A detached task of the closure, which was spawned there, not on offer yet.
WEAVE_API future_task *make_delayed(const closure_type &, void *closure, place spawned);
/// Offers the task when all these events have happened.
WEAVE_API void delay(future_task &, const std::vector<event_edge> &);

} // namespace detail

/// Something that happens once, or once for each iteration of a loop, and that calls can wait for before they begin.
///
/// Errors: a second trigger, an iteration that there is not, and the end of an event that calls still wait for stop the program with a message.
/// Thread-safety: any thread may trigger, and spawn calls that wait, at the same time.
/// Complexity: a trigger takes time in proportion to the calls that wait.
class flow_event {
public:
  using place = detail::place;

  explicit flow_event(place made = place::here()) : flow_event(detail::event_range(made)) {}
  flow_event(long start, long stop, long stride = 1, place made = place::here())
      : flow_event(detail::event_range(start, stop, stride, made)) {}
  flow_event(const flow_event &) = delete;
  flow_event &operator=(const flow_event &) = delete;
  ~flow_event() {
    for (std::size_t i = 0; i != range_.size(); ++i)
      if (detail::is_awaited(parts_[i]))
        detail::stop_at(range_.made(), "a flow_event ends before it is triggered, and calls wait for it", range_.made());
  }

  void trigger(place at = place::here()) { trigger_part(range_.only(at), at); }
  void trigger(long iteration, place at = place::here()) { trigger_part(range_.part(iteration, at), at); }

  /// One iteration of an event.
  struct iteration {
    const flow_event &event;
    std::size_t position;
  };
  iteration operator[](long i) const { return {*this, range_.part(i, range_.made())}; }

private:
  template <class...> friend class depends_on;

  explicit flow_event(detail::event_range range)
      : range_(range), parts_(std::make_unique<detail::event_part[]>(range.size())) {}
  void trigger_part(std::size_t part, place at) {
    if (!detail::happen(parts_[part]))
      detail::stop_at(at, "a flow_event is triggered a second time", range_.made());
  }

  const detail::event_range range_;
  std::unique_ptr<detail::event_part[]> parts_;
};

/// What a call waits for: any number of events, or of iterations; an event with iterations stands for all of them.
template <class... Events> class depends_on {
public:
  explicit depends_on(const Events &...events, detail::place at = detail::place::here()) : at_(at) { (add(events), ...); }

private:
  template <class... E, class F, class... Args> friend auto spawn(depends_on<E...> &&, F &&, Args &&...);
  template <class... E, class F, class... Args> friend void spawn_detached(depends_on<E...> &&, F &&, Args &&...);
  template <class... E, class F, class... Args>
  friend auto detail::submit_to(detail::runtime *, depends_on<E...> &&, F &&, Args &&...);

  void add(const flow_event &event) {
    for (std::size_t i = 0; i != event.range_.size(); ++i)
      add({event, i});
  }
  void add(const flow_event::iteration &part) {
    detail::event_part &found = part.event.parts_[part.position];
    if (!detail::has_happened(found))
      missing_.push_back({nullptr, nullptr, &found, part.event.range_.made()});
  }

  detail::place at_;
  std::vector<detail::event_edge> missing_;
};
template <class... Events> depends_on(const Events &...) -> depends_on<Events...>;

/// Calls `f(args...)`, with copies of all of them, when all that it depends on has happened. The events must not end before that.
template <class... Events, class F, class... Args> auto spawn(depends_on<Events...> &&events, F &&f, Args &&...args) {
  using call = detail::bound_call<F, Args...>;
  using result = typename call::result;
  if (events.missing_.empty())
    return spawn(std::forward<F>(f), std::forward<Args>(args)...);
  auto *made = new detail::call_task<result, call>(*detail::current, std::forward<F>(f), std::forward<Args>(args)...);
  future<result> delayed = detail::future_access::make<result>(made);
  made->spawned = events.at_;
  detail::delay(*made, events.missing_);
  return delayed;
}

/// The same for a call that is submitted: it comes behind what was submitted before the last of the events.
template <class... Events, class F, class... Args>
auto detail::submit_to(runtime *to, depends_on<Events...> &&events, F &&f, Args &&...args) {
  if (events.missing_.empty())
    return submit_to(to, std::forward<F>(f), std::forward<Args>(args)...);
  using call = bound_call<F, Args...>;
  using result = typename call::result;
  admission accepted(to, 1);
  unsent_call<result, call> made(
      new call_task<result, call>(*current, std::forward<F>(f), std::forward<Args>(args)...));
  made->spawned = events.at_;
  made->edges.reserve(events.missing_.size());
  auto submitted = future_access::make<result>(made.get());
  accepted.send_after(*made.release(), events.missing_);
  return submitted;
}

/// The same for a detached call.
template <class... Events, class F, class... Args> void spawn_detached(depends_on<Events...> &&events, F &&f, Args &&...args) {
  using call = detail::bound_call<F, Args...>;
  if (events.missing_.empty())
    return spawn_detached(std::forward<F>(f), std::forward<Args>(args)...);
  call bound(std::forward<F>(f), std::forward<Args>(args)...);
  detail::delay(*detail::make_delayed(detail::closure_type_of<call>, detail::address_of_closure(bound), events.at_), events.missing_);
}

} // namespace weave
