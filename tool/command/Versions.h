// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Files that are included several times, and mean something else each time.
#ifndef WEAVE_TOOL_COMMAND_VERSIONS_H
#define WEAVE_TOOL_COMMAND_VERSIONS_H

#include "command/Includes.h"

namespace weave {

/// What one pass over a file, or several, become. The version of the first pass bears the name of the file; each other
/// one a name of its own beside it, which the `#include` that leads there gets.
struct Version {
  clang::FileID Pass; ///< The first that becomes this.
  unsigned Number;    ///< Among those of its file, from 1.
  std::string suffix() const { return Number == 1 ? "" : ".weave" + std::to_string(Number); }
};

class Versions {
public:
  /// Finds the versions of all files, and adds to the edits what leads to each: so what includes one of several
  /// versions has several itself. `MirrorRoot`: where the files are, if they are in a tree of their own.
  Versions(const IncludeGraph &Includes, llvm::StringRef MirrorRoot, const clang::SourceManager &SM, Edits &Out);

  /// Those of a file, by their numbers.
  llvm::SmallVector<Version> of(const clang::FileEntry *File) const;
  /// That of a pass, or the first one of its file if it is none.
  Version of(clang::FileID Pass) const;

private:
  void number(const Edits &Out);

  const IncludeGraph &Includes;
  llvm::DenseMap<clang::FileID, Version> Known; ///< Of files with several passes.
};

} // namespace weave

#endif
