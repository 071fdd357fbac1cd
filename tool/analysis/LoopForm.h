// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The canonical form of a loop that may run in parallel.
#ifndef WEAVE_TOOL_ANALYSIS_LOOPFORM_H
#define WEAVE_TOOL_ANALYSIS_LOOPFORM_H

#include "analysis/Plan.h"
#include <optional>

namespace weave {

class Diagnostics;

/// Takes the header of a loop apart, or says which part of it is not canonical.
std::optional<LoopForm> analyseLoop(const clang::Stmt &Subject, bool IsDependent, clang::ASTContext &Context,
                                    const Diagnostics &Diags);

} // namespace weave

#endif
