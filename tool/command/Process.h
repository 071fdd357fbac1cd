// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Running compilers.
#ifndef WEAVE_TOOL_COMMAND_PROCESS_H
#define WEAVE_TOOL_COMMAND_PROCESS_H

#include "command/Command.h"

namespace weave {

/// Becomes the program. Returns an exit status only if that fails, after saying why.
int replaceProcess(const Words &Command);

/// Runs the program and returns its exit status, as a shell would for one that a signal ended.
int runProcess(const Words &Command);

} // namespace weave

#endif
