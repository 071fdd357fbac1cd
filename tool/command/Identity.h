// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// For compiler caches in front of the tool.
#ifndef WEAVE_TOOL_COMMAND_IDENTITY_H
#define WEAVE_TOOL_COMMAND_IDENTITY_H

#include "command/Command.h"

namespace weave {

struct Installation;

/// Options for a command that preprocesses its first input: with them the text tells all that decides, beside the text,
/// what a compile makes of it (include/weave/detail/identity.h).
Words identityFlags(const Command &C, const Installation &Files);

} // namespace weave

#endif
