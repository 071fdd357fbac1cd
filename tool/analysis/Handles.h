// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What `handle` and `detached` ask of the directives that they stand on.
#ifndef WEAVE_TOOL_ANALYSIS_HANDLES_H
#define WEAVE_TOOL_ANALYSIS_HANDLES_H

#include "analysis/Plan.h"

namespace weave {

class Diagnostics;

/// Whether an operand of `sync` is a handle, given the directives of its activation. In a template the type may not tell, but a spawn does that
/// binds it.
bool isHandle(const clang::Expr &E, llvm::StringRef Text, llvm::ArrayRef<const Site *> Sites,
              const DirectiveTable &Table);

/// The variable that holds the handle, be it in a container; null if it lies behind a pointer.
const clang::ValueDecl *holderOf(const clang::Expr &Handle);

bool checkHandle(const Site &S, const DirectiveTable &Table, const Diagnostics &Diags);
bool checkDetached(const Site &S, const DirectiveTable &Table, const Diagnostics &Diags);

/// Whether a detached task has copies of all that it uses.
bool checkOwns(const SpawnPlan &Detached, const DirectiveTable &Table, const Diagnostics &Diags);

} // namespace weave

#endif
