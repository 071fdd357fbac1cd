// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// How many tasks go into one offer. One is right for trees, whose tasks are large. Where a producer makes many small ones, each passage
// costs as much as a task, so that several go together.
#pragma once

#include "protocol/limits.h"

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace weave::protocol {

/// The thief's side: asks for as many tasks as last for `limits::batch_time`, to judge by the last that it received.
class appetite {
public:
  using nanoseconds = std::chrono::nanoseconds;

  std::uint32_t tasks() const { return tasks_; }

  /// @param ran    how many tasks came of what was received last, at least one
  /// @param taken  how long they took
  void learn(std::uint32_t ran, nanoseconds taken) {
    const auto each = std::max<std::int64_t>(1, taken.count() / ran);
    tasks_ = each < limits::least_task ? 1
                                       : static_cast<std::uint32_t>(std::clamp<std::int64_t>(limits::batch_time / each, 1, limits::batch));
  }

private:
  std::uint32_t tasks_ = 1;
};

/// The owner's side: makes batches of up to twice the length after each that went away whole. Who takes a task back has made too many.
class batch_length {
public:
  std::uint32_t of(std::uint32_t asked_for) const { return std::clamp<std::uint32_t>(asked_for, 1, limit_); }
  void completed(std::uint32_t batch) {
    if (batch == limit_)
      limit_ = std::min(2 * limit_, limits::batch);
  }
  void taken_back() { limit_ = 1; }

private:
  std::uint32_t limit_ = 1;
};

} // namespace weave::protocol
