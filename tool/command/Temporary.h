// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What must be gone when the tool ends, however it ends.
#ifndef WEAVE_TOOL_COMMAND_TEMPORARY_H
#define WEAVE_TOOL_COMMAND_TEMPORARY_H

#include "llvm/ADT/SmallString.h"
#include <csignal>

namespace weave {

/// Holds back what would end the process (SIGINT, SIGTERM, SIGHUP), so that the scope it stands in is left in order: a
/// compiler that runs meanwhile is ended (see runProcess), and the signal takes effect when this goes.
class HeldSignals {
public:
  HeldSignals();
  ~HeldSignals();
  HeldSignals(const HeldSignals &) = delete;
  HeldSignals &operator=(const HeldSignals &) = delete;

  static sigset_t set();
  /// Whether one of them has come.
  static bool came();

private:
  sigset_t Before;
};

/// A folder of its own in the system's place for such.
class TemporaryDirectory {
public:
  TemporaryDirectory() = default;
  ~TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory &) = delete;
  TemporaryDirectory &operator=(const TemporaryDirectory &) = delete;

  /// False, after a message, if there can be none.
  bool create();
  llvm::StringRef path() const { return Path; }

private:
  llvm::SmallString<128> Path;
};

} // namespace weave

#endif
