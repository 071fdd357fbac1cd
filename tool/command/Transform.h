// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// weavec --emit, --serial, --check and --explain: the tool without a compiler behind it.
#ifndef WEAVE_TOOL_COMMAND_TRANSFORM_H
#define WEAVE_TOOL_COMMAND_TRANSFORM_H

#include "command/Command.h"

namespace weave {

struct Installation;

/// `Arguments`: what follows the option. `Serial`: only remove the directives. Returns the exit status.
int emitText(llvm::ArrayRef<std::string> Arguments, const Installation &Files, bool Serial);
int checkOnly(llvm::ArrayRef<std::string> Arguments, const Installation &Files);
/// FILE:LINE [SOURCE] [-- FLAGS]
int explainLine(llvm::ArrayRef<std::string> Arguments, const Installation &Files);

} // namespace weave

#endif
