// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// For compilers without a virtual file system: copies of the woven files, and of those that include them, in a tree of
// their own.
#ifndef WEAVE_TOOL_COMMAND_MIRROR_H
#define WEAVE_TOOL_COMMAND_MIRROR_H

#include "command/Frontend.h"
#include "command/Includes.h"

namespace weave {

/// Where the copy of a file goes.
std::string mirrorPath(llvm::StringRef Root, llvm::StringRef AbsolutePath);
/// Where the text of a woven file goes.
inline std::string textPath(llvm::StringRef Root, const WovenFile &File) {
  return mirrorPath(Root, File.Path + File.Suffix);
}

/// A header of its own that goes on to the next header of a name. A copy cannot do that itself, since it was found in
/// no directory of the search path.
struct Continuation {
  std::string Name;     ///< What to go on to.
  std::string Includer; ///< The file that does, under its name in dependency files.
  std::string path() const { return (SearchedDirectory + "/" + header()).str(); }
  std::string header() const { return "weave_next/" + Name; }
  std::string text() const { return "#pragma GCC system_header\n#include_next <" + Name + ">\n"; }

  /// In the tree: to be searched behind the user's directories.
  static constexpr llvm::StringLiteral SearchedDirectory = "/next";
};

/// Adds to the edits what makes a tree below `Root` compile like the originals: a `#line` with the name that the user's
/// compiler would have given to the file, and includes that name the copies.
std::vector<Continuation> addMirror(const IncludeGraph &Includes, llvm::StringRef Root, const clang::SourceManager &SM,
                                    Edits &Out);

} // namespace weave

#endif
