// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Insertions into the files of a unit that leave the number of lines as it is.
#ifndef WEAVE_TOOL_REWRITE_EDITS_H
#define WEAVE_TOOL_REWRITE_EDITS_H

#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <map>
#include <string>

namespace weave {

class Diagnostics;

/// Constructs are to be written from the outside in: what opens one then stands behind what opens those around it, and
/// what closes it in front of what closes them, also where all stand at the same place.
class Edits {
public:
  explicit Edits(const clang::SourceManager &SM) : SM(SM) {}

  /// Inserts text that belongs to what follows.
  void open(clang::SourceLocation At, llvm::StringRef Text) { point(At).Opening += Text; }
  /// Inserts text that belongs to what precedes.
  void close(clang::SourceLocation At, llvm::StringRef Text) { point(At).Closing.insert(0, Text); }
  /// Inserts a line, or more, in front of all else.
  void insertLine(clang::SourceLocation At, llvm::StringRef Text) { point(At).Lines += Text; }
  /// Takes characters away, but for their line ends.
  void erase(clang::CharSourceRange Characters);

  /// Makes the text the only one that opens at this place.
  void replaceOpening(clang::SourceLocation At, llvm::StringRef Text) { point(At).Opening = Text.str(); }
  /// Calls the function with each text that was inserted, and where.
  void eachInsertion(llvm::function_ref<void(clang::SourceLocation, llvm::StringRef)> Visit) const;
  /// The files edited so far.
  llvm::SmallVector<clang::FileEntryRef> entries() const;

  struct File {
    clang::FileEntryRef Entry;
    std::string Text;
  };
  /// The edited files. A file that was entered several times must have been edited alike wherever both passes saw an
  /// edit.
  llvm::SmallVector<File> apply(const Diagnostics &Diags) const;

private:
  struct Point {
    std::string Lines, Closing, Opening;
    unsigned Erased = 0;
    bool operator==(const Point &) const = default;
  };
  using Points = std::map<unsigned, Point>; // by offset

  Point &point(clang::SourceLocation At);

  const clang::SourceManager &SM;
  llvm::MapVector<clang::FileID, Points> Files;
};

} // namespace weave

#endif
