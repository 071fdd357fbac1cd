// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Uses of a spawned variable that would notice that it is a reference in the woven text.
#ifndef WEAVE_TOOL_ANALYSIS_SPAWNEDTYPES_H
#define WEAVE_TOOL_ANALYSIS_SPAWNEDTYPES_H

#include "analysis/Structure.h"

namespace weave {

void checkSpawnedTypes(const Structure &Where, const Diagnostics &Diags);

} // namespace weave

#endif
