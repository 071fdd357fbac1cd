// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A walk over what the user wrote.
#ifndef WEAVE_TOOL_ANALYSIS_CODEVISITOR_H
#define WEAVE_TOOL_ANALYSIS_CODEVISITOR_H

#include "clang/AST/DynamicRecursiveASTVisitor.h"
#include "llvm/ADT/SmallVector.h"

namespace clang {
class OMPExecutableDirective;
} // namespace clang

namespace weave {

/// What the user wrote of an OpenMP construct: the operands of its clauses, and its statement. Sema surrounds these with helpers of its own: captured
/// regions, private copies, expressions that compute bounds and combine reductions.
llvm::SmallVector<clang::Stmt *, 4> writtenParts(const clang::OMPExecutableDirective &Construct);

/// The base of the walks over functions. Of OpenMP's constructs it sees the written parts alone.
class CodeVisitor : public clang::DynamicRecursiveASTVisitor {
public:
  bool TraverseStmt(clang::Stmt *S) override;
};

} // namespace weave

#endif
