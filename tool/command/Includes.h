// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Which file of a unit includes which, and under which names.
#ifndef WEAVE_TOOL_COMMAND_INCLUDES_H
#define WEAVE_TOOL_COMMAND_INCLUDES_H

#include "rewrite/Edits.h"
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
  clang::FileID Pass; ///< What it began; invalid if the file is included only once, and was before.
};

struct IncludeGraph {
  std::vector<Include> Edges;
  /// Under which names each file was opened.
  llvm::MapVector<const clang::FileEntry *, llvm::SmallSetVector<llvm::StringRef, 1>> Names;
  /// The passes of the preprocessor over each file, in order.
  llvm::MapVector<const clang::FileEntry *, llvm::SmallVector<clang::FileID, 1>> Passes;
  /// A header that the command line includes.
  struct ForcedHeader {
    const clang::FileEntry *File;
    clang::FileID Pass;
  };
  std::vector<ForcedHeader> Forced; ///< In order.

  llvm::ArrayRef<clang::FileID> passesOf(const clang::FileEntry *File) const {
    const auto Known = Passes.find(File);
    return Known == Passes.end() ? llvm::ArrayRef<clang::FileID>() : llvm::ArrayRef<clang::FileID>(Known->second);
  }

  /// What gcc calls each file in messages. Clang puts "./" in front of what it finds in the working directory.
  llvm::DenseMap<const clang::FileEntry *, std::vector<std::string>> GccNames;

  /// The first of them, which counts for all the file.
  llvm::StringRef nameOf(const clang::FileEntry *File) const {
    const auto Known = GccNames.find(File);
    return Known == GccNames.end() ? "" : llvm::StringRef(Known->second.front());
  }
};

/// Where the text of a file begins in a pass: behind a byte order mark.
clang::SourceLocation startOfText(const clang::SourceManager &SM, clang::FileID Pass);

/// A name as the operand of an `#include` or a `#line`.
std::string quoted(llvm::StringRef Name);
/// The line in front of a text that makes it that of this file.
inline std::string lineOne(llvm::StringRef Name) { return "#line 1 " + quoted(Name) + "\n"; }

/// Adds the files that include one of these, directly or not. Nothing leads through a system header.
void addIncluders(const IncludeGraph &Includes, FileSet &Files);

/// The path of a file, if it is opened under this name. The names of one file differ, and are all right.
std::string absolutePath(const clang::SourceManager &SM, llvm::StringRef Name);

std::unique_ptr<clang::PPCallbacks> recordIncludes(const clang::Preprocessor &PP, IncludeGraph &Into);

} // namespace weave

#endif
