// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// One run of Clang over a unit: directives found, planned and written.
#ifndef WEAVE_TOOL_COMMAND_FRONTEND_H
#define WEAVE_TOOL_COMMAND_FRONTEND_H

#include "WarningOptions.h"
#include "command/Command.h"

namespace weave {

struct Installation;

/// A file of the unit whose text the compiler must see changed.
struct WovenFile {
  std::string Path;                     ///< Absolute.
  std::string Opened;                   ///< The name in messages.
  llvm::SmallVector<std::string> Names; ///< As the preprocessor opened it; absolute.
  Words DependencyNames;                ///< As gcc opens it.
  std::string Suffix;                   ///< Behind all these names, if this is not the first version of it.
  std::string Text;
  bool IsMain;
};

/// A header that the command line includes.
struct ForcedHeader {
  std::string Path;   ///< As in WovenFile.
  std::string Suffix; ///< Also there.
  bool LeadsToWoven;  ///< It is woven, or includes a file that is.
};

struct WovenUnit {
  bool Good = false; ///< False: everything has been said on standard error.
  std::vector<WovenFile> Files;
  std::vector<ForcedHeader> Forced; ///< In the order of ForcedHeaders.
  std::string RuntimeHeader;        ///< To be included in front of all woven text.
  bool HasContinuations = false;    ///< The mirrored tree has a directory to be searched.
  unsigned Explained = 0;           ///< Directives on the line that was asked for.
};

/// A line that the user asks about.
struct LineQuery {
  std::string File;
  unsigned Line = 0;
};

struct UnitOptions {
  WarningOptions Warnings;
  /// If not empty, the result holds all files that a compiler without a virtual file system must find below this
  /// directory, each with the name of the original in a `#line` and includes that lead to the others.
  std::string MirrorRoot;
  bool MainOnly = false;            ///< The result holds the main file alone.
  bool Serial = false;              ///< Only remove the directives.
  bool Sarif = false;               ///< Write messages as a SARIF document to standard output.
  std::optional<LineQuery> Explain; ///< Say what became of the directives of this line, and nothing else.
};

/// Weaves one of the inputs of a command.
WovenUnit weaveUnit(const Command &C, const Input &Source, const Installation &Files, const UnitOptions &Options);

} // namespace weave

#endif
