// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the clauses of the directives say about variables.
#ifndef WEAVE_TOOL_ANALYSIS_CLAUSES_H
#define WEAVE_TOOL_ANALYSIS_CLAUSES_H

#include "analysis/Captures.h"

namespace weave {

class Diagnostics;

class Clauses {
public:
  Clauses(const DirectiveTable &Table, const clang::ASTContext &Context, const Diagnostics &Diags)
      : Table(Table), Context(Context), Diags(Diags) {}

  /// Enters what a directive says about variables; false after an error.
  bool enter(const Site &S);

  /// What `shared` and its like say, of a directive that has been entered.
  const SharingMap &listed(const Site &S) const;

  /// The variables that its reductions name.
  VariableSet reduced(const Site &S) const;
  /// Those of which each piece of a loop has one of its own.
  VariableSet privates(const Site &S) const;

  /// The variables that hold the operands of its depends_on.
  VariableSet operandOwners(const Site &S, bool OnlyWritten) const;

  /// Whether a clause names it.
  bool isListed(const Site &S, const clang::ValueDecl &V) const;
  /// The variables that `lastprivate` names.
  VariableSet leftBehind(const Site &S) const;
  /// What is so without a clause, of a variable that none names.
  void imply(const Site &S, const clang::ValueDecl &V, Sharing How) { Listed[S.Index].try_emplace(&V, How); }
  /// Whether a directive with default(none) names each variable that it uses; if not, messages have said which.
  bool listsAll(const Site &S, const Uses &Found) const;

private:
  bool checkReductions(const Site &S) const;
  bool checkBounds(const Site &S) const;
  /// Those of collapse and grainsize.
  bool checkNumbers(const Site &S) const;
  bool enterListed(const Site &S);
  ClauseOperands operands(const Site &S) const { return operandsOf(Table[S.Index], S.Attached); }

  const DirectiveTable &Table;
  const clang::ASTContext &Context;
  const Diagnostics &Diags;
  llvm::DenseMap<unsigned, SharingMap> Listed; ///< By directive.
  llvm::DenseMap<unsigned, VariableSet> SharedByLoops; ///< Which they are without a clause, too.
  SharingMap Nothing;
};

} // namespace weave

#endif
