// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The words of the language: directives, clauses, reduction operators, and the word that a misspelt one was meant to
// be.
#ifndef WEAVE_TOOL_PRAGMA_VOCABULARY_H
#define WEAVE_TOOL_PRAGMA_VOCABULARY_H

#include "pragma/Directive.h"

namespace weave {

enum class ClauseKind {
  DependsOn,
  Reduction,
  Firstprivate,
  Shared,
  Private,
  Move,
  Default,
  If,
  Collapse,
  Grainsize,
  Nowait,
  Staged,
  Identity,
  Reproducible,
  Label,
  Handle,
  Detached,
};

struct ClauseWord {
  llvm::StringLiteral Name;
  ClauseKind Kind;
  bool OnSpawn, OnLoop;
  bool Once; ///< May not be repeated.
};

std::optional<DirectiveKind> directiveKind(llvm::StringRef Word);
/// Null for a word that the language does not have.
const ClauseWord *findClause(llvm::StringRef Word);
std::optional<ReductionOp> reductionOp(llvm::StringRef Word);

/// What is called otherwise here, for a word of OpenMP, Cilk or oneTBB; empty for any other word.
llvm::StringRef adviceOnDirective(llvm::StringRef Word);
llvm::StringRef adviceOnClause(llvm::StringRef Word);

/// The word nearest to a misspelt one; empty if none is near.
llvm::StringRef nearestDirective(llvm::StringRef Word);
llvm::StringRef nearestClause(llvm::StringRef Word);

} // namespace weave

#endif
