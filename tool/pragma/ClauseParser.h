// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The grammar of directives and clauses: the tokens of a pragma line to a Directive. Operands stay tokens, for Clang's
// parser.
#ifndef WEAVE_TOOL_PRAGMA_CLAUSEPARSER_H
#define WEAVE_TOOL_PRAGMA_CLAUSEPARSER_H

#include "pragma/Directive.h"
#include "llvm/ADT/ArrayRef.h"
#include <optional>

namespace clang {
class Preprocessor;
}

namespace weave {

class Diagnostics;

/// Reads `Line`, the tokens behind `#pragma weave` with the end-of-directive token last. Reports what is wrong with it
/// and returns nothing then. The places of the result are left to the caller.
std::optional<Directive> parseDirective(llvm::ArrayRef<clang::Token> Line, const clang::Preprocessor &PP,
                                        const Diagnostics &Diags);

} // namespace weave

#endif
