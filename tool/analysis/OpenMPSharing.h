// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// OpenMP's rules of data-sharing: what is so of variables that no clause names.
#ifndef WEAVE_TOOL_ANALYSIS_OPENMPSHARING_H
#define WEAVE_TOOL_ANALYSIS_OPENMPSHARING_H

#include "analysis/Clauses.h"

namespace weave {

class OpenMPSharing {
public:
  OpenMPSharing(const Structure &Where, const DirectiveTable &Table, Clauses &Said, const clang::ASTContext &Context);

  /// Enters what is implied for a directive. Those around it come first.
  void complete(const Site &S);

  /// The innermost `parallel` around a site in its activation; null if there is none.
  const Site *regionAround(const Site &S) const;

private:
  void completeTask(const Site &S);
  void completeSection(const Site &S);
  void completeLoop(const Site &S);
  bool isSharedAround(const clang::ValueDecl &V, const Site &S) const;
  bool isDeclaredIn(const clang::ValueDecl &V, const clang::Stmt &S) const;
  bool isOwnOf(const clang::ValueDecl &V, const Site &S) const;

  const Structure &Where;
  const DirectiveTable &Table;
  Clauses &Said;
  const clang::ASTContext &Context;
  llvm::DenseMap<const clang::Stmt *, const Site *> ByStatement;
  llvm::DenseMap<const Activation *, const Site *> MadeBy;
};

} // namespace weave

#endif
