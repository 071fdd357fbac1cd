// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Control flow that would leave a task or a parallel loop, or enter one.
#ifndef WEAVE_TOOL_ANALYSIS_JUMPS_H
#define WEAVE_TOOL_ANALYSIS_JUMPS_H

#include "analysis/Structure.h"

namespace weave {

class Diagnostics;

/// The parallel loop that a `cancel` ends; null if it ends none.
const Site *cancelledLoop(const Site &Cancel, const Structure &Where, const DirectiveTable &Table,
                          const clang::ASTContext &Context);

void checkJumps(const Structure &Where, const DirectiveTable &Table, const clang::ASTContext &Context,
                const Diagnostics &Diags);

} // namespace weave

#endif
