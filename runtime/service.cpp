// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Threads of the program that serve a runtime for a while.
#include "platform/futex.h"
#include "runtime.h"
#include "weave/submit.h"

#include <stdexcept>

namespace weave::detail {
namespace {

/// The calling thread as a worker of a runtime.
class served {
public:
  explicit served(runtime &by) : before_(current) {
    worker *const mine = present_worker();
    if (mine && mine->inside_task())
      throw std::logic_error("weave: a task serves a runtime, on top of itself; it may wait for futures and scopes");
    if (mine && &mine->home() == &by)
      return;
    enrolled_ = by.orphaned() ? nullptr : by.enrol();
    if (!enrolled_)
      throw std::runtime_error("weave: a runtime has no place for one more thread that serves it");
    current = enrolled_;
  }
  served(const served &) = delete;
  served &operator=(const served &) = delete;
  ~served() {
    if (!enrolled_)
      return;
    enrolled_->home().retire(*enrolled_);
    current = before_;
  }

  worker &mine() const { return static_cast<worker &>(*current); }

private:
  worker_base *const before_;
  worker *enrolled_ = nullptr;
};

} // namespace

void runtime::notify() noexcept {
  for (unsigned i = 0, now = participants(); i != now; ++i)
    if (worker *each = participant(i))
      each->unpark();
}

void serve(runtime &by, bool (*is_over)(void *), void *argument) {
  const served serving(by);
  serving.mine().serve(is_over, argument);
}

void serve_pending(runtime &by) {
  const served serving(by);
  serving.mine().serve_pending();
}

void notify(runtime &of) noexcept { of.notify(); }
void request_stop(runtime &of) noexcept { of.request_stop(); }
bool stop_requested(const runtime &of) noexcept { return of.stop_requested(); }

bool donate(runtime &to, future_task &awaited, std::chrono::nanoseconds time) {
  if (present_worker())
    throw std::logic_error("weave: a worker cannot be donated; it works while it waits");
  const served serving(to);
  const auto deadline = platform::after(time);
  serving.mine().serve(awaited, deadline);
  return awaited.is_done() || wait_for(awaited, deadline - platform::clock::now());
}

} // namespace weave::detail
