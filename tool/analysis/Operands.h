// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What can be an operand of depends_on: objects, and sections of arrays.
#ifndef WEAVE_TOOL_ANALYSIS_OPERANDS_H
#define WEAVE_TOOL_ANALYSIS_OPERANDS_H

#include "analysis/Structure.h"

namespace weave {

class Diagnostics;

/// False after an error. What depends on a template's parameters is left to its instantiations.
bool checkOperands(const Site &S, const DirectiveTable &Table, const clang::ASTContext &Context,
                   const Diagnostics &Diags);

} // namespace weave

#endif
