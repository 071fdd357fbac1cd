// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The dependency file that a compiler wrote of woven text, made to name the user's files.
#ifndef WEAVE_TOOL_COMMAND_DEPENDENCYFILE_H
#define WEAVE_TOOL_COMMAND_DEPENDENCYFILE_H

#include "command/Frontend.h"

namespace weave {

class DependencyFile {
public:
  /// Finds out which file the command writes, if any.
  explicit DependencyFile(const Command &C);

  /// Of a mirrored tree below `Directory`. False, after a message, if the file could not be rewritten.
  bool restore(const WovenUnit &Unit, llvm::StringRef Directory) const;
  /// Of an overlay, in which only the further versions of a file have other names than the user's.
  bool restoreVersions(const WovenUnit &Unit) const;

private:
  struct Renaming {
    std::string From, To;
  };
  bool rename(llvm::ArrayRef<Renaming> Names) const;

  std::string Path;
};

} // namespace weave

#endif
