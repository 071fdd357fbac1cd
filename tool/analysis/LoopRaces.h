// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Conflicts between the iterations of a parallel loop.
#ifndef WEAVE_TOOL_ANALYSIS_LOOPRACES_H
#define WEAVE_TOOL_ANALYSIS_LOOPRACES_H

#include "analysis/Plan.h"

namespace weave {

class DeepAccesses;
class RaceReports;

/// Finds places that several iterations write, or one writes and others read: variables, elements at indices that the
/// text lets compare, objects handed to functions.
void findLoopRaces(const LoopPlan &Loop, const Structure &Where, const DirectiveTable &Table, DeepAccesses &Deep,
                   const clang::ASTContext &Context, RaceReports &Reports);

} // namespace weave

#endif
