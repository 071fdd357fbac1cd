// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// One run of Clang over a unit: directives found, planned and written.
#ifndef WEAVE_TOOL_COMMAND_FRONTEND_H
#define WEAVE_TOOL_COMMAND_FRONTEND_H

#include "command/Arguments.h"

namespace weave {

/// A file of the unit whose text the compiler must see changed.
struct WovenFile {
  std::string Path;                     ///< Absolute.
  std::string Opened;                   ///< The name in messages and dependency files.
  llvm::SmallVector<std::string> Names; ///< As the preprocessor opened it.
  std::string Text;
  bool IsMain;
};

struct WovenUnit {
  bool Good = false; ///< False: everything has been said on standard error.
  std::vector<WovenFile> Files;
};

/// Weaves a unit given arguments for Clang's driver. With `MirrorRoot`, the result holds all files that a compiler
/// without a virtual file system must find below that directory, each with the name of the original in a `#line` and
/// includes that lead to the others.
WovenUnit weaveUnit(llvm::ArrayRef<std::string> Arguments, llvm::StringRef MirrorRoot = "");

} // namespace weave

#endif
