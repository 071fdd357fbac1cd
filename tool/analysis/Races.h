// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Conflicts between a task and what runs beside it, as far as the text alone is proof of them.
#ifndef WEAVE_TOOL_ANALYSIS_RACES_H
#define WEAVE_TOOL_ANALYSIS_RACES_H

#include "analysis/Plan.h"

namespace weave {

class Diagnostics;
struct Analysis;

/// Reports what a task writes (or reads through a reference) and somebody else uses before the task is joined: the
/// function itself, a sibling, the task of an earlier iteration, the other iterations of a parallel loop.
///
/// One walk over each activation carries what its running tasks access; syncs and the ends of join blocks clear it. A
/// report is never a guess: only accesses that name the same variable, member or element count, and no two of them that
/// both depend on a condition, because the conditions may exclude each other.
void findRaces(const Analysis &Input, const DirectiveTable &Table, const clang::ASTContext &Context,
               const Diagnostics &Diags);

} // namespace weave

#endif
