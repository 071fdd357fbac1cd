// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Insertions into the files of a unit that leave the number of lines as it is.
#ifndef WEAVE_TOOL_REWRITE_EDITS_H
#define WEAVE_TOOL_REWRITE_EDITS_H

#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SetVector.h"
#include <map>
#include <string>

namespace weave {

using FileSet = llvm::SmallSetVector<const clang::FileEntry *, 8>;

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

  /// Puts text in place of characters, whatever was put there before. True if that was not the same.
  bool replace(clang::CharSourceRange Characters, llvm::StringRef By);
  /// Calls the function with each text that was inserted, and where.
  void eachInsertion(llvm::function_ref<void(clang::SourceLocation, llvm::StringRef)> Visit) const;
  /// The files edited so far.
  FileSet files() const;

  /// Whether two passes of the preprocessor over one file become the same text.
  bool areAlike(clang::FileID A, clang::FileID B) const { return pointsOf(A) == pointsOf(B); }
  /// What becomes of a file in a pass over it.
  std::string text(clang::FileID Pass) const;

private:
  struct Point {
    std::string Lines, Closing, Opening;
    unsigned Erased = 0;
    bool operator==(const Point &) const = default;
  };
  using Points = std::map<unsigned, Point>; // by offset

  Point &point(clang::SourceLocation At);
  const Points &pointsOf(clang::FileID Pass) const;

  const clang::SourceManager &SM;
  llvm::MapVector<clang::FileID, Points> Files;
};

} // namespace weave

#endif
