// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// weave++: compiles and links.
#ifndef WEAVE_TOOL_COMMAND_DRIVER_H
#define WEAVE_TOOL_COMMAND_DRIVER_H

#include "command/Command.h"

namespace weave {

struct Installation;

/// Returns the exit status.
int runDriver(llvm::ArrayRef<std::string> Arguments, const Installation &Files);

} // namespace weave

#endif
