// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Where the tool's own files are: beside it when installed, where CMake put them in the build tree.
#ifndef WEAVE_TOOL_COMMAND_INSTALLATION_H
#define WEAVE_TOOL_COMMAND_INSTALLATION_H

#include "command/Command.h"

namespace weave {

struct Installation {
  /// `Executable` as main received it.
  explicit Installation(const char *Executable);

  std::string IncludeDirectory;
  std::string Library;           ///< libweave.a; empty, after a message, if there is none. What else is linked lies beside it.
  std::string ResourceDirectory; ///< Clang's own headers.

  /// Reports what is missing.
  bool hasHeaders() const;
  bool hasLibrary() const;

  /// What a compiler needs to be told to find the headers.
  Words includeFlags() const;
  /// The same, to compile for the runtime.
  Words compileFlags(bool OpenMP) const;
  /// What the linker needs to be told to link a program, or a shared library, with the runtime.
  Words linkFlags(bool MakesLibrary) const;

private:
  std::string Prefix;
};

/// The compiler behind weave++: $WEAVE_CXX, or the one found when the tool was built, or c++ where that is gone. Empty,
/// after a message, if it is not there.
Words compilerBehindDriver();

/// The clang++ beside the libraries that the tool is linked with.
llvm::StringRef defaultCompiler();

} // namespace weave

#endif
