// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Conflicts between the iterations of a parallel loop.
#ifndef WEAVE_TOOL_ANALYSIS_LOOPRACES_H
#define WEAVE_TOOL_ANALYSIS_LOOPRACES_H

#include "analysis/Plan.h"

namespace weave {

class RaceReports;

/// Finds what every iteration writes to one and the same place.
void findLoopRaces(const LoopPlan &Loop, const DirectiveTable &Table, const clang::ASTContext &Context,
                   RaceReports &Reports);

} // namespace weave

#endif
