// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// One compile of woven text, which the compiler takes for the user's files.
#ifndef WEAVE_TOOL_COMMAND_WOVENCOMPILE_H
#define WEAVE_TOOL_COMMAND_WOVENCOMPILE_H

#include "command/Command.h"

namespace weave {

struct Installation;

/// Weaves the unit of the command and compiles it. Returns the exit status.
int compileWoven(const Command &C, const Installation &Files);

} // namespace weave

#endif
