// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// weavec in front of a compiler.
#ifndef WEAVE_TOOL_COMMAND_LAUNCHER_H
#define WEAVE_TOOL_COMMAND_LAUNCHER_H

#include "command/Command.h"

namespace weave {

struct Installation;
enum class Mention;

/// `Line`: the user's compiler and its arguments. Returns the exit status, if at all.
int runLauncher(llvm::ArrayRef<std::string> Line, const Installation &Files);

/// True if WEAVE=off is in the environment: every source is to be left alone.
bool isOff();
/// False, after saying so, if the variable has a value that makes no sense.
bool checkSwitch();

/// Weaves the unit of the command if what it mentions asks for it, and compiles it.
int compileUnit(const Command &C, Mention Mentioned, const Installation &Files);

/// Says so if an input with directives goes to the compiler as it is. Returns whether that is an error.
bool warnOfUnwoven(const Command &C, const Input &Source);
/// The same for all inputs.
bool warnOfUnwoven(const Command &C);
/// Says so if a program gets another runtime for OpenMP beside ours. Returns whether that is an error.
bool warnOfSecondRuntime(const Command &C);

} // namespace weave

#endif
