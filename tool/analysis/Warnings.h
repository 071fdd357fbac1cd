// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Directives that are right, but do less or cost more than they seem to.
#ifndef WEAVE_TOOL_ANALYSIS_WARNINGS_H
#define WEAVE_TOOL_ANALYSIS_WARNINGS_H

#include "analysis/Plan.h"

namespace weave {

class Diagnostics;
struct Analysis;

/// All warnings but those of races.
void warn(const Analysis &Input, const DirectiveTable &Table, const clang::ASTContext &Context,
          const Diagnostics &Diags);

} // namespace weave

#endif
