// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a loop plainly changes of what its header reads again before each iteration.
#ifndef WEAVE_TOOL_ANALYSIS_HEADERCHANGES_H
#define WEAVE_TOOL_ANALYSIS_HEADERCHANGES_H

#include "analysis/Plan.h"

namespace weave {

class Diagnostics;

/// The header of a parallel loop is evaluated once. Reports, and returns false, where the text shows that the serial
/// loop would see another value in a later iteration.
bool keepsHeader(const LoopNest &Nest, const Directive &D, const Attachment &A, const clang::ASTContext &Context,
                 const Diagnostics &Diags);

} // namespace weave

#endif
