// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// How much one iteration of a loop does, where the text shows a bound of it.
#ifndef WEAVE_TOOL_ANALYSIS_BODYWEIGHT_H
#define WEAVE_TOOL_ANALYSIS_BODYWEIGHT_H

#include <optional>

namespace clang {
class ASTContext;
class Stmt;
} // namespace clang

namespace weave {

/// The number of its operations, at least one. Nothing if it may do more than the text holds: it loops, calls what is not
/// known to be short, or depends on a template's arguments.
std::optional<unsigned> weightOf(const clang::Stmt &Body, const clang::ASTContext &Context);

} // namespace weave

#endif
