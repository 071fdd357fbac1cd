// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a function assigns itself, while its tasks may be running.
#ifndef WEAVE_TOOL_ANALYSIS_OWNWRITES_H
#define WEAVE_TOOL_ANALYSIS_OWNWRITES_H

#include "analysis/Structure.h"
#include "pragma/Directive.h"

namespace weave {

/// The assignments of a function to its variables, by name, in no task and no lambda.
class OwnWrites {
public:
  OwnWrites(const Function &In, const Structure &Where, const DirectiveTable &Table);

  /// An assignment to the variable that may come between a spawn and the place where its task is waited for; null if
  /// there is none.
  const clang::Expr *beforeJoin(const clang::ValueDecl &V, const Site &Spawn) const;

private:
  class Finder;
  bool isSyncOfAll(const Site &S) const {
    return Table[S.Index].Kind == DirectiveKind::Sync && Table[S.Index].Awaited.empty();
  }

  const Structure &Where;
  const DirectiveTable &Table;
  llvm::DenseMap<const clang::ValueDecl *, llvm::SmallVector<const clang::Expr *, 4>> Writes;
};

} // namespace weave

#endif
