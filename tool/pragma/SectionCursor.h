// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Array sections: `p[first:length]`, `a[i:n][j:m]`, `p[first:length:stride]`, and what makes many of one: `iterator(j =
// first:last)`.
#ifndef WEAVE_TOOL_PRAGMA_SECTIONCURSOR_H
#define WEAVE_TOOL_PRAGMA_SECTIONCURSOR_H

#include "pragma/TokenCursor.h"

namespace weave {

class SectionCursor : protected TokenCursor {
protected:
  using TokenCursor::TokenCursor;

  /// An expression, as parseOperand reads it, or a section. Of a section, the tokens are those of its base, and the
  /// text is that of all.
  bool parseSectioned(llvm::StringRef Clause, Operand &All, llvm::SmallVectorImpl<Subscript> &Subscripts);

  /// `iterator(...)`
  bool parseIterators(llvm::SmallVectorImpl<Iterator> &Into);
  /// What a task depends on; with those of the iterators that it names.
  bool parseDependOperand(llvm::StringRef Clause, llvm::ArrayRef<Iterator> Iterators, DependOperand &Into);

private:
  bool opensSection() const;
  bool parsePart(llvm::StringRef Of, std::optional<Operand> &Into);
  bool parseIterator(Iterator &Into);
  bool parseSubscript(Subscript &Into);
};

} // namespace weave

#endif
