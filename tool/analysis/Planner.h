// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Directives and syntax tree in, a plan or diagnostics out.
#ifndef WEAVE_TOOL_ANALYSIS_PLANNER_H
#define WEAVE_TOOL_ANALYSIS_PLANNER_H

#include "analysis/Plan.h"

namespace weave {

class Diagnostics;

/// The plan refers to the structure.
struct Analysis {
  Analysis(clang::ASTContext &Context, const DirectiveTable &Table, const Diagnostics &Diags);

  Structure Where;
  Plan Result;
};

} // namespace weave

#endif
