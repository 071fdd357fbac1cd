// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the instantiations of templates show to be wrong about decisions that were made on their patterns.
#ifndef WEAVE_TOOL_ANALYSIS_INSTANTIATIONS_H
#define WEAVE_TOOL_ANALYSIS_INSTANTIATIONS_H

#include "analysis/Plan.h"

namespace weave {

class Diagnostics;

/// Reports variables that a task of a template copies, but that an instantiation passes to a function for writing: the
/// compiler would only say that the copy is const.
void checkInstantiations(const Plan &Decided, const DirectiveTable &Table, clang::ASTContext &Context,
                         const Diagnostics &Diags);

} // namespace weave

#endif
