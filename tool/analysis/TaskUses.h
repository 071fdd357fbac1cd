// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Which variables a task or a parallel loop uses, and which of them it writes.
#ifndef WEAVE_TOOL_ANALYSIS_TASKUSES_H
#define WEAVE_TOOL_ANALYSIS_TASKUSES_H

#include "analysis/Clauses.h"
#include "analysis/Effects.h"
#include "analysis/OwnWrites.h"
#include "analysis/Unset.h"
#include <map>

namespace weave {

/// The code that the closure of a task or loop holds. What else the directive names is evaluated outside.
llvm::SmallVector<const clang::Stmt *, 4> codeOf(const Site &S, const DirectiveTable &Table);

class TaskUses {
public:
  TaskUses(const Structure &Where, const DirectiveTable &Table, const Clauses &Said, AddressFlows &Flows,
           const clang::ASTContext &Context)
      : Where(Where), Table(Table), Said(Said), Flows(Flows), Context(Context) {}

  /// Does not look into the statements of `Skip`, and leaves out the variables of `Private`.
  Uses of(const Site &S, llvm::ArrayRef<const clang::Stmt *> Skip, const VariableSet &Private);
  /// What the task does to variables other than by their names.
  const Effects &effectsOf(const Site &S);
  /// What the function assigns itself.
  const OwnWrites &ownWrites(const Function &In);

private:
  const UnsetVariables &unsetIn(const Function &In);
  VariableSet writtenByTasksIn(const Site &S) const;
  void spreadToOtherNames(Uses &Found, const Site &S) const;
  void findTellingApart(Uses &Found, const Site &S);

  const Structure &Where;
  const DirectiveTable &Table;
  const Clauses &Said;
  AddressFlows &Flows;
  const clang::ASTContext &Context;
  llvm::DenseMap<const Function *, UnsetVariables> Unset;
  llvm::DenseMap<const Function *, OwnWrites> Assigned;
  std::map<const Site *, Effects> Known;
};

} // namespace weave

#endif
