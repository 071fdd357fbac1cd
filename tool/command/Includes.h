// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Which file of a unit includes which, and under which names.
#ifndef WEAVE_TOOL_COMMAND_INCLUDES_H
#define WEAVE_TOOL_COMMAND_INCLUDES_H

#include "clang/Basic/SourceManager.h"
#include "clang/Lex/PPCallbacks.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

namespace weave {

/// One `#include`.
struct Include {
  clang::FileEntryRef From, To;
  clang::CharSourceRange Name; ///< With its quotes or brackets.
  bool IsQuoted;
  bool IsSystem; ///< What it includes.
};

struct IncludeGraph {
  std::vector<Include> Edges;
  /// Under which names each file was opened.
  llvm::MapVector<const clang::FileEntry *, llvm::SmallSetVector<llvm::StringRef, 1>> Names;
  /// A pass of the preprocessor over each file.
  llvm::DenseMap<const clang::FileEntry *, clang::FileID> Passes;
};

std::unique_ptr<clang::PPCallbacks> recordIncludes(const clang::Preprocessor &PP, IncludeGraph &Into);

} // namespace weave

#endif
