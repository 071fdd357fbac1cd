// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The user's command as Clang's parser has to see it.
#ifndef WEAVE_TOOL_COMMAND_ANALYSIS_H
#define WEAVE_TOOL_COMMAND_ANALYSIS_H

#include "command/Command.h"

namespace weave {

struct Installation;

/// The arguments for an analysis of one of the inputs, the driver's name first. Everything that may change what the
/// unit means is kept. Options that only gcc knows are dropped, as are outputs, profiles, warnings, plugins and
/// precompiled headers; the compile that follows sees the command as it was. `Runtime` is the header to include in
/// front.
Words analysisArguments(const Command &C, const Input &Source, llvm::StringRef Runtime, const Installation &Files);

/// Clang's modules of headers. Tool and compiler read the text of each header instead, which can be woven.
bool isForHeaderModules(const Argument &A);

} // namespace weave

#endif
