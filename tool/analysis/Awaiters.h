// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Which syncs wait for which tasks.
#ifndef WEAVE_TOOL_ANALYSIS_AWAITERS_H
#define WEAVE_TOOL_ANALYSIS_AWAITERS_H

#include "analysis/AddressFlow.h"
#include "analysis/Captures.h"

namespace weave {

class Diagnostics;

/// For each spawn, the syncs that name what it makes.
using AwaiterMap = llvm::DenseMap<const Site *, llvm::SmallVector<const Site *, 1>>;

/// `Sites`: the directives of an activation. `Written`: what each spawn writes. Reports syncs of what nobody makes.
AwaiterMap findAwaiters(llvm::ArrayRef<const Site *> Sites, const llvm::DenseMap<const Site *, VariableSet> &Written,
                        const AddressFlow &Flow, const DirectiveTable &Table, const Diagnostics &Diags);

/// Whether a sync of all tasks follows the spawn among the statements of the same block.
bool isSyncedInBlock(const Site &Spawn, llvm::ArrayRef<const Site *> Sites, const Structure &Where,
                     const DirectiveTable &Table);

} // namespace weave

#endif
