// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What became of each directive, and why: -Rweave and --explain.
#ifndef WEAVE_TOOL_ANALYSIS_REMARKS_H
#define WEAVE_TOOL_ANALYSIS_REMARKS_H

#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "pragma/Directive.h"

namespace weave {

class Diagnostics;
struct Analysis;

/// One remark for each task, loop and sync whose directive `Wanted` accepts: captures with their reasons, and joins.
/// Returns how many directives that were.
unsigned remark(const Analysis &Input, const DirectiveTable &Table, const Diagnostics &Diags,
                llvm::function_ref<bool(const Directive &)> Wanted);

} // namespace weave

#endif
