// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The options that choose among the tool's own warnings and remarks.
#ifndef WEAVE_TOOL_WARNINGOPTIONS_H
#define WEAVE_TOOL_WARNINGOPTIONS_H

#include "clang/Basic/DiagnosticIDs.h"
#include "llvm/ADT/StringMap.h"
#include <string>
#include <vector>

namespace weave {

/// -Wweave-NAME, -Wno-weave-NAME, -Werror=weave-NAME, -Wno-error=weave-NAME; the same without -NAME for all; -Rweave. The
/// compiler's -w, -Werror and -Wno-error count as well. A later option wins.
class WarningOptions {
public:
  /// Reads the words of a command and removes those that no compiler knows. Returns false if one names no warning of
  /// ours, after saying so.
  bool take(std::vector<std::string> &Words);

  clang::DiagnosticIDs::Level levelOf(llvm::StringRef Group) const;
  bool remarks() const { return Remarks; }
  void enableRemarks() { Remarks = true; }

private:
  struct Choice {
    bool Enabled = true;
    std::optional<bool> AsError;
  };
  bool takeOne(llvm::StringRef Word, bool &Known);

  llvm::StringMap<Choice> Choices;
  bool AllOff = false, AllErrors = false, Remarks = false;
};

} // namespace weave

#endif
