// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// How the body of a loop has what its reductions name.
#ifndef WEAVE_TOOL_ANALYSIS_REDUCTIONS_H
#define WEAVE_TOOL_ANALYSIS_REDUCTIONS_H

#include "analysis/Plan.h"
#include <optional>

namespace weave {

class Diagnostics;

/// Nothing after an error.
std::optional<ReducedVariables> analyseReductions(const Directive &D, const Attachment &A, const LoopNest &Nest,
                                                  const clang::ASTContext &Context, const Diagnostics &Diags);

} // namespace weave

#endif
