// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Macros of the user that would change what the tool writes.
#ifndef WEAVE_TOOL_REWRITE_WORDS_H
#define WEAVE_TOOL_REWRITE_WORDS_H

#include "rewrite/Edits.h"

namespace clang {
class Preprocessor;
} // namespace clang

namespace weave {

class Diagnostics;

/// Reports each macro that is defined where generated text uses its name, once.
void checkWords(const Edits &Written, clang::Preprocessor &PP, const Diagnostics &Diags);

} // namespace weave

#endif
