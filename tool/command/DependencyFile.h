// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The dependency file that a compiler wrote of a mirrored tree, made to name the user's files.
#ifndef WEAVE_TOOL_COMMAND_DEPENDENCYFILE_H
#define WEAVE_TOOL_COMMAND_DEPENDENCYFILE_H

#include "command/Frontend.h"

namespace weave {

class DependencyFile {
public:
  /// Finds out which file the command writes, if any.
  explicit DependencyFile(const Command &C);

  /// False, after a message, if the file could not be rewritten.
  bool restore(const WovenUnit &Unit, llvm::StringRef Directory) const;

private:
  std::string Path;
};

} // namespace weave

#endif
