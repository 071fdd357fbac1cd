// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tasks that would be waited for where they are spawned.
#ifndef WEAVE_TOOL_ANALYSIS_INPLACE_H
#define WEAVE_TOOL_ANALYSIS_INPLACE_H

#include "analysis/Plan.h"

namespace weave {

/// Whether nothing could run beside the statement but tasks spawned before it: its join follows directly, and no clause
/// makes it differ from the plain statement. `Awaiters`: the syncs that name what it writes. `Last`: the block at whose
/// end it is joined at the latest.
bool runsInPlace(const SpawnPlan &Spawn, llvm::ArrayRef<const Site *> Awaiters, const Block &Last,
                 const DirectiveTable &Table);

} // namespace weave

#endif
