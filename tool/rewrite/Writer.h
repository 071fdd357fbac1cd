// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A plan to edits. Decides nothing but where in the text a thing stands.
#ifndef WEAVE_TOOL_REWRITE_WRITER_H
#define WEAVE_TOOL_REWRITE_WRITER_H

#include "analysis/Planner.h"
#include "rewrite/Edits.h"

namespace clang {
class ASTContext;
}

namespace weave {

class Diagnostics;
class UserPragmas;

/// Removes the directives and leaves the rest as it is.
void writeSerial(const DirectiveTable &Table, Edits &Out);

/// Reports what cannot be edited.
void write(const Analysis &Input, const DirectiveTable &Table, const UserPragmas &Pragmas, clang::ASTContext &Context,
           const Diagnostics &Diags, Edits &Out);

} // namespace weave

#endif
