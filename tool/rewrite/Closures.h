// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The words for what a closure captures.
#ifndef WEAVE_TOOL_REWRITE_CLOSURES_H
#define WEAVE_TOOL_REWRITE_CLOSURES_H

#include "analysis/Plan.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace weave::phrase {

/// `Also`: the name of a variable of the generated code.
std::string captures(llvm::ArrayRef<Capture> Captures, llvm::StringRef Also = "");
/// What the closure begins with: arrays that it declares anew, and uses of captures that an instantiation may turn out
/// not to need, so that no compiler complains of them.
std::string beginning(llvm::ArrayRef<Capture> Captures);
/// The copies that a task may change: its own, though its closure is const.
llvm::SmallVector<std::string, 2> changeable(llvm::ArrayRef<Capture> Captures);

/// A declaration that hides a variable of the user's, in whose place it stands.
std::string hiding(const llvm::Twine &Declaration);
/// A fresh variable in place of the user's of that name.
std::string ownVariable(llvm::StringRef Name);
/// The variables that a task, or a piece of a loop, has for itself by its clauses; without those of `Except`.
std::string
privates(const Directive &D, llvm::function_ref<bool(llvm::StringRef)> Except = [](llvm::StringRef) { return false; });

} // namespace weave::phrase

#endif
