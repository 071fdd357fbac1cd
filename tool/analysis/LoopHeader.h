// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The canonical form of the header of one loop.
#ifndef WEAVE_TOOL_ANALYSIS_LOOPHEADER_H
#define WEAVE_TOOL_ANALYSIS_LOOPHEADER_H

#include "analysis/Plan.h"
#include <optional>

namespace weave {

class Diagnostics;

/// Takes the header of a `for` or a range-based `for` apart, or says which part of it is not canonical.
std::optional<LoopForm> readLoopHeader(const clang::Stmt &Loop, clang::ASTContext &Context, const Diagnostics &Diags);

} // namespace weave

#endif
