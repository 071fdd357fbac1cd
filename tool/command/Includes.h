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
  std::string Spelled;         ///< Without its quotes or brackets.
  clang::CharSourceRange Name; ///< With its quotes or brackets, or the macro that stands for it.
  bool IsQuoted;
  bool IsNext;   ///< `#include_next`
  bool IsSystem; ///< What it includes.
};

struct IncludeGraph {
  std::vector<Include> Edges;
  /// Under which names each file was opened.
  llvm::MapVector<const clang::FileEntry *, llvm::SmallSetVector<llvm::StringRef, 1>> Names;
  /// A pass of the preprocessor over each file.
  llvm::DenseMap<const clang::FileEntry *, clang::FileID> Passes;
  /// The headers that the command line includes, in order.
  std::vector<const clang::FileEntry *> Forced;

  /// What gcc calls each file in messages. Clang puts "./" in front of what it finds in the working directory.
  llvm::DenseMap<const clang::FileEntry *, std::vector<std::string>> GccNames;

  /// The first of them, which counts for all the file.
  llvm::StringRef nameOf(const clang::FileEntry *File) const {
    const auto Known = GccNames.find(File);
    return Known == GccNames.end() ? "" : llvm::StringRef(Known->second.front());
  }
};

using FileSet = llvm::SmallSetVector<const clang::FileEntry *, 8>;

/// Adds the files that include one of these, directly or not. Nothing leads through a system header.
void addIncluders(const IncludeGraph &Includes, FileSet &Files);

/// The path of a file, if it is opened under this name. The names of one file differ, and are all right.
std::string absolutePath(const clang::SourceManager &SM, llvm::StringRef Name);

std::unique_ptr<clang::PPCallbacks> recordIncludes(const clang::Preprocessor &PP, IncludeGraph &Into);

} // namespace weave

#endif
