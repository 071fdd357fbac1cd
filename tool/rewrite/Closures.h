// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The words for what a closure captures.
#ifndef WEAVE_TOOL_REWRITE_CLOSURES_H
#define WEAVE_TOOL_REWRITE_CLOSURES_H

#include "analysis/Plan.h"

namespace weave::phrase {

/// `Also`: the name of a variable of the generated code.
std::string captures(llvm::ArrayRef<Capture> Captures, llvm::StringRef Also = "");
/// What the closure begins with: arrays that it declares anew, and uses of captures that an instantiation may turn out
/// not to need, so that no compiler complains of them.
std::string beginning(llvm::ArrayRef<Capture> Captures);
/// The copies that a task may change: its own, though its closure is const.
llvm::SmallVector<std::string, 2> changeable(llvm::ArrayRef<Capture> Captures);

} // namespace weave::phrase

#endif
