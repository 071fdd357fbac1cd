// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What holds of every plan, whatever the user wrote. A plan of which it does not hold would become wrong code.
#ifndef WEAVE_TOOL_ANALYSIS_PLANCHECKS_H
#define WEAVE_TOOL_ANALYSIS_PLANCHECKS_H

#include "analysis/Plan.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace weave {

/// What does not hold of a plan; null if all does. It takes time in proportion to the plan.
const char *brokenInvariant(const Plan &P, llvm::function_ref<Span(const clang::Stmt *)> SpanOf);

} // namespace weave

#endif
