// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// weavec in front of a compiler.
#ifndef WEAVE_TOOL_COMMAND_LAUNCHER_H
#define WEAVE_TOOL_COMMAND_LAUNCHER_H

#include "command/Arguments.h"

namespace weave {

struct Installation;

/// `Command`: the user's compiler and its arguments. Returns the exit status, if at all.
int runLauncher(llvm::ArrayRef<std::string> Command, const Installation &Files);

/// True if WEAVE=off is in the environment: every source is to be left alone.
bool isOff();
/// False, after saying so, if the variable has a value that makes no sense.
bool checkSwitch();

/// Weaves the source if it needs it, and compiles it.
int compileUnit(const CompileCommand &Command, const Installation &Files);

} // namespace weave

#endif
