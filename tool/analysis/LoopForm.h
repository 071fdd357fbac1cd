// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The canonical form of a loop that may run in parallel.
#ifndef WEAVE_TOOL_ANALYSIS_LOOPFORM_H
#define WEAVE_TOOL_ANALYSIS_LOOPFORM_H

#include "analysis/Plan.h"
#include <optional>

namespace weave {

class Diagnostics;

/// How many loops `collapse` makes one of: 1 without it, 0 if its operand is not a number that makes sense.
unsigned collapsedLoops(const Directive &D, const Attachment &A, const clang::ASTContext &Context);

/// The loops whose iterations run in parallel, from the outside in; fewer than the directive asks for if there are not
/// so many, nested directly in each other.
llvm::SmallVector<const clang::Stmt *, 1> parallelLoops(const Directive &D, const Attachment &A,
                                                        const clang::ASTContext &Context);

/// Takes the headers of the loops apart, or says which part of one is not canonical, or what is between them.
std::optional<LoopNest> analyseLoops(const Directive &D, const Attachment &A, bool IsDependent,
                                     clang::ASTContext &Context, const Diagnostics &Diags);

} // namespace weave

#endif
