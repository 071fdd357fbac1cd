// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Bodies of loops that read the variable of a reduction for something else, where it holds what some iterations made.
#ifndef WEAVE_TOOL_ANALYSIS_PARTIALREADS_H
#define WEAVE_TOOL_ANALYSIS_PARTIALREADS_H

#include "analysis/Plan.h"

namespace weave {

class Diagnostics;

/// -Wweave-partial: of scalars, and only where the text shows that the value ends up outside of the reduction. A
/// comparison may, as in a search that gives up what cannot become the best.
void findPartialReads(const LoopPlan &Loop, const DirectiveTable &Table, const clang::ASTContext &Context,
                      const Diagnostics &Diags);

} // namespace weave

#endif
