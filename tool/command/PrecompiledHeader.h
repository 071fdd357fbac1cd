// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Precompiled headers on clang's command line.
#ifndef WEAVE_TOOL_COMMAND_PRECOMPILEDHEADER_H
#define WEAVE_TOOL_COMMAND_PRECOMPILEDHEADER_H

#include "command/Arguments.h"

namespace weave {

/// The words of a command with headers included as text where they would come precompiled: one that was made without the
/// tool holds neither annotations nor woven text. `Keep` is the index of a word; it is adjusted.
Words withHeadersAsText(llvm::ArrayRef<std::string> Arguments, size_t &Keep);

} // namespace weave

#endif
