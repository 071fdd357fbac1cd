// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Constants that closures capture only because closures around them do.
#ifndef WEAVE_TOOL_ANALYSIS_OUTERCONSTANTS_H
#define WEAVE_TOOL_ANALYSIS_OUTERCONSTANTS_H

#include "analysis/Plan.h"

namespace weave {

/// A closure that only reads the value of a constant needs no capture of it. But g++ takes the name for the capture of
/// a closure around it, if there is one, and then says that the inner one has none ("is not captured"). So the inner
/// one gets one, which the compiler drops. A lambda of the user's that captures by default has one of what the generated
/// text in it passes by reference, such as the bounds of a loop.
void captureOuterConstants(Plan &Result, const Structure &Where, const DirectiveTable &Table,
                           const clang::ASTContext &Context);

} // namespace weave

#endif
