// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The runtime's side of weave::future.
#pragma once

#include "channels/parking.h"
#include "platform/clock.h"
#include "weave/future.h"

#include <cstddef>

namespace weave::detail {

class worker;

/// Futures that one thread waits for, and where it sleeps meanwhile.
///
/// Thread-safety: the waiting thread's.
class awaited_futures {
public:
  /// @param mine  the waiting thread's worker, or null
  awaited_futures(const worker *mine, future_task *const *tasks, std::size_t count, counted_parking &place)
      : mine_(mine), tasks_(tasks), count_(count), place_(place) {}
  awaited_futures(const awaited_futures &) = delete;
  awaited_futures &operator=(const awaited_futures &) = delete;
  ~awaited_futures() { leave(); }

  /// Whether one is done, or not begun and so for the waiter to run.
  bool actionable() const noexcept;
  /// Enters the waiter in each. False: do not sleep, look again.
  bool enter() const noexcept;

private:
  void leave() const noexcept;

  const worker *const mine_;
  future_task *const *const tasks_;
  const std::size_t count_;
  counted_parking &place_;
};

/// Waits until one of the tasks is done, and returns which, or their number when the deadline has come. For a given
/// worker, or for a thread that is none (null).
std::size_t wait_for_any(worker *, future_task *const *tasks, std::size_t count,
                         platform::clock::time_point deadline) noexcept;

} // namespace weave::detail
