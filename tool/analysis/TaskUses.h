// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Which variables a task or a parallel loop uses, and which of them it writes.
#ifndef WEAVE_TOOL_ANALYSIS_TASKUSES_H
#define WEAVE_TOOL_ANALYSIS_TASKUSES_H

#include "analysis/Clauses.h"
#include "analysis/Unset.h"

namespace weave {

/// The code that the closure of a task or loop holds. What else the directive names is evaluated outside.
llvm::SmallVector<const clang::Stmt *, 4> codeOf(const Site &S, const DirectiveTable &Table);

class TaskUses {
public:
  TaskUses(const Structure &Where, const DirectiveTable &Table, const Clauses &Said, const clang::ASTContext &Context)
      : Where(Where), Table(Table), Said(Said), Context(Context) {}

  /// Does not look into the statements of `Skip`, and leaves out the variables of `Private`.
  Uses of(const Site &S, llvm::ArrayRef<const clang::Stmt *> Skip, const VariableSet &Private);

private:
  VariableSet writtenByTasksIn(const Site &S) const;
  void spreadToOtherNames(Uses &Found, const Site &S) const;

  const Structure &Where;
  const DirectiveTable &Table;
  const Clauses &Said;
  const clang::ASTContext &Context;
  llvm::DenseMap<const Function *, UnsetVariables> Unset;
};

} // namespace weave

#endif
