// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The user's command as Clang's parser has to see it.
#ifndef WEAVE_TOOL_COMMAND_ANALYSIS_H
#define WEAVE_TOOL_COMMAND_ANALYSIS_H

#include "command/Arguments.h"

namespace weave {

struct Installation;

/// The arguments for an analysis of `Source`, the driver's name first. Options that only gcc knows are dropped, as are
/// outputs, warnings, plugins and precompiled headers (one made without the tool carries no annotations); the compile
/// that follows sees the command as it was.
Words analysisArguments(llvm::ArrayRef<std::string> Arguments, llvm::StringRef Source, const Installation &Files);

} // namespace weave

#endif
