// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// How many tasks go into one offer. One is right for trees, whose tasks are large. Where a producer makes many small ones, each passage
// costs as much as a task, so that several go together.
#pragma once

#include "protocol/limits.h"

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace weave::protocol {

/// How many tasks of that length (in nanoseconds, at least 1) fit into a time: at least one, and at most so many.
inline std::uint32_t tasks_in(std::int64_t time, std::int64_t each, std::uint32_t most) {
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(time / each, 1, most));
}

/// How many members of a batch to claim at once, to judge by those that were run.
inline std::uint32_t claim(std::uint32_t ran, std::chrono::nanoseconds taken) {
  return ran == 0 ? 1 : tasks_in(limits::claim_time, std::max<std::int64_t>(1, taken.count() / ran), limits::claim);
}

/// The thief's side: asks for as many tasks as last for `limits::batch_time`, to judge by the last that it received.
class appetite {
public:
  using nanoseconds = std::chrono::nanoseconds;

  std::uint32_t tasks() const { return tasks_; }
  /// How long to leave others alone: the longer, the more often what was received was not worth its passage, which costs its owner too.
  nanoseconds rest() const { return rest_; }

  /// @param ran    how many tasks came of what was received last, at least one
  /// @param taken  how long they took
  void learn(std::uint32_t ran, nanoseconds taken) {
    const auto each = std::max<std::int64_t>(1, taken.count() / ran);
    tasks_ = each < limits::least_task ? 1 : tasks_in(limits::batch_time, each, limits::batch);
    if (taken.count() < limits::worth)
      rest_ = std::clamp(2 * rest_, nanoseconds(limits::least_rest), nanoseconds(limits::rest));
    else
      rest_ = rest_ > nanoseconds(limits::least_rest) ? rest_ / 2 : nanoseconds(0);
  }

private:
  std::uint32_t tasks_ = 1;
  nanoseconds rest_{0};
};

/// The owner's side: each batch may be twice as long as the one before it, until a task is taken back: then too many were made.
class batch_length {
public:
  /// @param asked_for  how many tasks a thief wants
  std::uint32_t next(std::uint32_t asked_for) {
    const std::uint32_t length = std::clamp<std::uint32_t>(asked_for, 1, limit_);
    limit_ = std::min(2 * length, limits::batch);
    return length;
  }
  void taken_back() { limit_ = 1; }

private:
  std::uint32_t limit_ = 1;
};

} // namespace weave::protocol
