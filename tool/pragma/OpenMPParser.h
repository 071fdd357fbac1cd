// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The grammar of `#pragma omp`: its tokens to the same Directive that `#pragma weave` becomes.
#ifndef WEAVE_TOOL_PRAGMA_OPENMPPARSER_H
#define WEAVE_TOOL_PRAGMA_OPENMPPARSER_H

#include "pragma/Directive.h"
#include "llvm/ADT/ArrayRef.h"

namespace clang {
class Preprocessor;
}

namespace weave {

class Diagnostics;

/// Whether the line, as parseOpenMP gets it, is for the compiler.
bool isForCompiler(llvm::ArrayRef<clang::Token> Line);

/// Reads `Line`, the tokens behind `#pragma omp` with the end-of-directive token last. Reports what is wrong with it or
/// not supported, and returns nothing then. The places of the result are left to the caller.
std::optional<Directive> parseOpenMP(llvm::ArrayRef<clang::Token> Line, const clang::Preprocessor &PP,
                                     const Diagnostics &Diags);

} // namespace weave

#endif
