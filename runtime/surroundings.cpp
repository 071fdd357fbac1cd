// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "surroundings.h"

#include "platform/floating_point.h"
#include "weave/detail/future_task.h"

#include <cxxabi.h>
#include <exception>
#include <utility>

namespace weave::detail {
namespace {

// What the C++ ABI for Itanium, section 2.2.2, has for each thread.
struct exceptions {
  void *handled;  // a list, the innermost first
  unsigned thrown; // and not caught yet
};

exceptions &of_this_thread() noexcept { return *reinterpret_cast<exceptions *>(abi::__cxa_get_globals()); }

// The same object, as if it had been thrown and caught here.
void run_in_handler(task &started) noexcept {
  try {
    std::rethrow_exception(std::exchange(started.error, nullptr));
  } catch (...) {
    started.run(started);
  }
}

// A thread that joins tasks may be handling another exception, or in a destructor that one calls on its way.
void run_among_exceptions(task &started, exceptions &mine) noexcept {
  if (mine.thrown == 0 && started.error == std::current_exception()) {
    started.error = nullptr;
    return started.run(started);
  }
  const exceptions before = std::exchange(mine, {nullptr, 0});
  if (started.error)
    run_in_handler(started);
  else
    started.run(started);
  mine = before;
}

WEAVE_COLD void run_elsewhere(task &started, exceptions &mine) noexcept {
  const platform::computing_as noted(started.computes);
  run_among_exceptions(started, mine);
}

} // namespace

// It needs little of the stack, where it lies between any two tasks that were taken back.
void run_task(task &started) noexcept {
  // Of a future's task only who claims it may read on: another thread may have begun it.
  if (started.is_future() && !static_cast<future_task &>(started).claim())
    return;
  WEAVE_ASSERT(started.run, "a task that runs has code");
  scope *const before = here.within;
  here.within = started.at.within;
  exceptions &mine = of_this_thread();
  if (WEAVE_UNLIKELY(started.error || mine.handled || mine.thrown || platform::differ(started.computes, platform::floating_point())))
    run_elsewhere(started, mine);
  else
    started.run(started);
  here.within = before;
}

} // namespace weave::detail
