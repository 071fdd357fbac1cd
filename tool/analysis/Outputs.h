// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Which tasks' outputs may still be in the making where a task is spawned.
#ifndef WEAVE_TOOL_ANALYSIS_OUTPUTS_H
#define WEAVE_TOOL_ANALYSIS_OUTPUTS_H

#include "analysis/Captures.h"

namespace weave {

/// For each spawn of an activation, what its earlier tasks write that no sync has waited for, along any path.
class RunningOutputs {
public:
  using SiteMap = llvm::DenseMap<const clang::Stmt *, const Site *>;
  /// `Sites`: the directives of the activation. `Written`: what each spawn writes.
  RunningOutputs(const Activation &In, const SiteMap &Sites, const llvm::DenseMap<const Site *, VariableSet> &Written,
                 const DirectiveTable &Table);

  const VariableSet &at(const Site &Spawn) { return Reaching[&Spawn]; }

private:
  void walk(const clang::Stmt *S, VariableSet &Running);

  const SiteMap &Sites;
  const llvm::DenseMap<const Site *, VariableSet> &Written;
  const DirectiveTable &Table;
  llvm::DenseMap<const Site *, VariableSet> Reaching;
  VariableSet SwitchEntry;
};

} // namespace weave

#endif
