// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Files appear whole or not at all.
#ifndef WEAVE_TOOL_COMMAND_OUTPUT_H
#define WEAVE_TOOL_COMMAND_OUTPUT_H

#include "llvm/ADT/StringRef.h"

namespace weave {

/// Writes a file by way of a temporary one beside it, making its directories. Says why it could not.
bool writeWhole(llvm::StringRef Path, llvm::StringRef Text);

/// Whether the output would take the place of the source. Says so.
bool replacesSource(llvm::StringRef Output, llvm::StringRef Source);

} // namespace weave

#endif
