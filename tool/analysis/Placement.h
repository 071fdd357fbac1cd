// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a directive may stand on, and where.
#ifndef WEAVE_TOOL_ANALYSIS_PLACEMENT_H
#define WEAVE_TOOL_ANALYSIS_PLACEMENT_H

#include "analysis/Structure.h"

namespace weave {

class Diagnostics;

/// That each directive has reached the syntax tree, once, and in a function that can hold tasks.
void checkAttached(const Structure &Where, const DirectiveTable &Table, const Diagnostics &Diags);

/// Whether a directive can be planned where it stands; if not, a message has said why.
bool isWellPlaced(const Site &S, const DirectiveTable &Table, const Diagnostics &Diags);

} // namespace weave

#endif
