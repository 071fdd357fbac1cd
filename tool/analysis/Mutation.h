// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Which variables a stretch of code writes.
#ifndef WEAVE_TOOL_ANALYSIS_MUTATION_H
#define WEAVE_TOOL_ANALYSIS_MUTATION_H

#include "clang/Analysis/Analyses/ExprMutationAnalyzer.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace weave {

/// Outside templates Clang's analysis decides. In a template a call may be unresolved, and Clang has to assume that it
/// writes its arguments; a scalar counts as written there only if the text assigns it, takes its address, or binds a
/// reference to it. Should an instantiation write it after all, the copy in the closure is const and the compiler says
/// so.
class Mutation {
public:
  Mutation(const clang::Stmt &Region, bool IsDependent, clang::ASTContext &Context);

  bool isWritten(const clang::ValueDecl &V);
  /// As above, but in a template whatever the type only what the text shows.
  bool isAssigned(const clang::ValueDecl &V) { return IsDependent ? Assigned.contains(&V) : Analyzer.isMutated(&V); }

private:
  clang::ExprMutationAnalyzer Analyzer;
  bool IsDependent;
  llvm::SmallPtrSet<const clang::ValueDecl *, 8> Assigned; ///< Only filled for dependent code.
};

} // namespace weave

#endif
