// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <utility>

namespace weave::model {

/// While one lives, the checker's own code runs. It shares templates with the code under test, whose accesses must not
/// count then.
class unwatched {
public:
  unwatched() : before_(std::exchange(now_, true)) {}
  unwatched(const unwatched &) = delete;
  unwatched &operator=(const unwatched &) = delete;
  ~unwatched() { now_ = before_; }

  static bool now() { return now_; }
  /// A new thread of the model begins.
  static void end() { now_ = false; }

private:
  static inline bool now_ = true; // outside of executions
  bool before_;
};

} // namespace weave::model
