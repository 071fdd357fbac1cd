// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The clauses that our own pragmas and OpenMP's have in common: lists of variables, reductions, expressions.
#ifndef WEAVE_TOOL_PRAGMA_CLAUSECURSOR_H
#define WEAVE_TOOL_PRAGMA_CLAUSECURSOR_H

#include "pragma/SectionCursor.h"

namespace weave {

class ClauseCursor : protected SectionCursor {
protected:
  using SectionCursor::SectionCursor;

  /// What else than one identifier may be named.
  enum class Named { Pack, Member };

  /// The names behind `(` or `:`.
  bool parseList(Sharing How);
  /// What a reduction names, behind the colon that is next.
  bool parseReducedList(Reduction New);
  bool parseExpression(llvm::StringRef Clause, std::optional<Operand> &Into);
  bool parseVariable(llvm::StringRef Clause, Operand &Into, Named As);

  Directive Result{};

private:
  bool checkVariable(llvm::StringRef Clause, const Operand &Into, Named As);
  bool parseReduced(Reduction &Into);
};

} // namespace weave

#endif
