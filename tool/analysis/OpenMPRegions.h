// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Parallel regions of OpenMP without a team: what may stand in them, and where constructs that belong to one stand.
//
// The code of a region between its constructs runs once, where OpenMP has each thread run it. Nobody can tell if it
// changes nothing but variables that each thread would have for itself, and calls nothing.
#ifndef WEAVE_TOOL_ANALYSIS_OPENMPREGIONS_H
#define WEAVE_TOOL_ANALYSIS_OPENMPREGIONS_H

#include "analysis/Structure.h"

namespace weave {

/// Reports the first fault of each region and of each construct that needs one.
void checkRegions(const Structure &Where, const DirectiveTable &Table, const Diagnostics &Diags);

} // namespace weave

#endif
