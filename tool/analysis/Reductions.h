// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// How the body of a loop has what its reductions name.
#ifndef WEAVE_TOOL_ANALYSIS_REDUCTIONS_H
#define WEAVE_TOOL_ANALYSIS_REDUCTIONS_H

#include "analysis/Plan.h"
#include <optional>

namespace weave {

class Diagnostics;

/// The name of what a closure has besides a variable: `weave_x`, unless the closure of a loop has that already.
std::string nameBeside(llvm::StringRef Variable);

/// Nothing after an error.
std::optional<ReducedVariables> analyseReductions(const Directive &D, const Attachment &A, const LoopNest &Nest,
                                                  const clang::ASTContext &Context, const Diagnostics &Diags);

} // namespace weave

#endif
