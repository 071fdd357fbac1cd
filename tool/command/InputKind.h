// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a compiler takes an input for, by Clang's own tables.
#ifndef WEAVE_TOOL_COMMAND_INPUTKIND_H
#define WEAVE_TOOL_COMMAND_INPUTKIND_H

#include "llvm/ADT/StringRef.h"

namespace weave {

enum class InputKind {
  Other,        ///< Objects, libraries, C, assembler, trees: nothing that could be woven.
  Source,       ///< C++.
  Module,       ///< C++ that the command calls a module interface.
  Header,       ///< C++ to be precompiled as a header.
  HeaderUnit,   ///< C++ to be precompiled for `import "header"`.
  Preprocessed, ///< C++ without the macros that the runtime's headers need.
  Dialect,      ///< Objective-C++, CUDA, HIP, OpenCL: C++ with more in it.
};

/// `Language` is the last `-x` before the input, or empty. With `IsCxxDriver` (g++, clang++) even what looks like C is
/// C++.
InputKind inputKind(llvm::StringRef Name, llvm::StringRef Language, bool IsCxxDriver);

} // namespace weave

#endif
