// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the signature of a function tells of what it does to its arguments.
#ifndef WEAVE_TOOL_ANALYSIS_HANDEDOVER_H
#define WEAVE_TOOL_ANALYSIS_HANDEDOVER_H

#include "analysis/Places.h"
#include "clang/Basic/SourceLocation.h"

namespace clang {
class CallExpr;
} // namespace clang

namespace weave {

/// An object that a call hands over by reference or by its address, or whose member it calls.
struct HandedOver {
  Place What;
  bool MayWrite; ///< The reference, the pointer, or the member is not to const.
  clang::SourceLocation Where;
};

/// Nothing of calls that see whose objects they get (their bodies are there), of streams, and of functions of the
/// library that only pass references on.
llvm::SmallVector<HandedOver, 2> handedOver(const clang::CallExpr &Call, const clang::ASTContext &Context);

} // namespace weave

#endif
