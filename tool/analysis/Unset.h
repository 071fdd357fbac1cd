// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Variables that may have no value yet when a task is created.
#ifndef WEAVE_TOOL_ANALYSIS_UNSET_H
#define WEAVE_TOOL_ANALYSIS_UNSET_H

#include "analysis/Structure.h"

namespace weave {

/// For the scalars of one function that are declared without initialiser.
class UnsetVariables {
public:
  UnsetVariables(const Function &In, const Structure &Where);

  /// Whether nothing but tasks names the variable in the text between its declaration and this spawn.
  bool isUntouched(const clang::ValueDecl &V, const Site &Spawn) const;
  /// Whether control may come to the spawn on a way on which nothing sets the variable, be it a task.
  bool isPerhapsUnset(const clang::ValueDecl &V, const Site &Spawn) const;

private:
  class Finder;
  class Walker;

  const Structure &Where;
  llvm::DenseMap<const clang::ValueDecl *, unsigned> FirstNamed; ///< Outside tasks.
  llvm::DenseMap<const clang::Stmt *, llvm::SmallPtrSet<const clang::ValueDecl *, 4>> AtDirective;
};

} // namespace weave

#endif
