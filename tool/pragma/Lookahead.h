// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What follows a directive in the file itself, whatever conditionals and macros make of it.
#ifndef WEAVE_TOOL_PRAGMA_LOOKAHEAD_H
#define WEAVE_TOOL_PRAGMA_LOOKAHEAD_H

#include "clang/Lex/Token.h"
#include "llvm/ADT/SmallVector.h"

namespace clang {
class Preprocessor;
}

namespace weave {

/// The next tokens, not looked up; from the end of the file on there are only ends of file.
llvm::SmallVector<clang::Token, 4> peek(const clang::Preprocessor &PP, clang::SourceLocation Where, unsigned Count);

/// The same behind other pragmas and lines of the preprocessor.
llvm::SmallVector<clang::Token, 4> peekBehindPragmas(const clang::Preprocessor &PP, clang::SourceLocation Where,
                                                     unsigned Count);

/// Whether the text goes on, behind these, with a declaration. Guessed by its shape: a type, a name, an initialiser.
/// `a * b = c` counts as one.
bool looksLikeDeclaration(const clang::Preprocessor &PP, clang::SourceLocation Where);

} // namespace weave

#endif
