// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// For compilers without a virtual file system: copies of the woven files, and of those that include them, in a tree of
// their own.
#ifndef WEAVE_TOOL_COMMAND_MIRROR_H
#define WEAVE_TOOL_COMMAND_MIRROR_H

#include "command/Includes.h"
#include "rewrite/Edits.h"

namespace weave {

/// Where the copy of a file goes.
std::string mirrorPath(llvm::StringRef Root, llvm::StringRef AbsolutePath);

/// Adds to the edits what makes a tree below `Root` compile like the originals: a `#line` with the name that the user's
/// compiler would have given to the file, and includes that name the copies.
void addMirror(const IncludeGraph &Includes, llvm::StringRef Root, const clang::SourceManager &SM, Edits &Out);

} // namespace weave

#endif
