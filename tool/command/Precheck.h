// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Whether a unit needs the tool at all, found out without parsing it.
#ifndef WEAVE_TOOL_COMMAND_PRECHECK_H
#define WEAVE_TOOL_COMMAND_PRECHECK_H

#include "command/Command.h"

namespace weave {

enum class Mention {
  None,   ///< The word does not occur: the compiler can have the unit as it is.
  Word,   ///< The library interface, perhaps: the compiler needs the tool's flags but no woven text.
  Unsure, ///< Only the preprocessor can tell what else belongs to the unit.
  Pragma, ///< There may be a directive.
};

/// What one text says: whether the word occurs, and whether in a pragma.
Mention mentionIn(llvm::StringRef Text, llvm::StringRef Word);

/// What a unit says: the source and every file that it may include, whatever its conditionals say, from the directories
/// that the command line names. System headers are never woven and not looked at.
Mention mentionIn(const Command &C, const Input &Source);

} // namespace weave

#endif
