// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A place in the tokens of a pragma line, and the steps that every clause is read with.
#ifndef WEAVE_TOOL_PRAGMA_TOKENCURSOR_H
#define WEAVE_TOOL_PRAGMA_TOKENCURSOR_H

#include "pragma/Directive.h"
#include "llvm/ADT/ArrayRef.h"
#include <deque>

namespace clang {
class MacroInfo;
class Preprocessor;
}

namespace weave {

class Diagnostics;

class TokenCursor {
protected:
  /// The last token of `Line` is the end-of-directive token, which is never passed.
  TokenCursor(llvm::ArrayRef<clang::Token> Line, const clang::Preprocessor &PP, const Diagnostics &Diags)
      : Line(Line), PP(PP), Diags(Diags) {}

  const clang::Token &next() const { return Line.front(); }
  bool atEnd() const { return next().is(clang::tok::eod); }
  void advance() {
    if (!atEnd())
      Line = Line.drop_front();
  }
  bool isFollowedBy(clang::tok::TokenKind Kind) const { return Line.size() > 1 && Line[1].is(Kind); }
  std::string text(const clang::Token &T) const;
  /// As the user spelled them, on one line.
  std::string textOf(llvm::ArrayRef<clang::Token> Tokens) const;

  bool expect(clang::tok::TokenKind Kind, const llvm::Twine &Where);
  /// Puts what it stands for in place of a macro that is next, if that is a list of names.
  void expandList();
  /// An expression, up to a comma, semicolon or closing parenthesis.
  bool parseOperand(llvm::StringRef Clause, Operand &Into);
  /// Passes a token, or all that a bracket encloses.
  bool takeBalanced(Operand &Into);
  /// The characters of the clause that is next, its operands included.
  clang::CharSourceRange clauseRange() const;
  /// Passes it.
  void skipClause();

private:
  size_t lastOfClause() const;

  struct Expansion {
    const clang::MacroInfo *Of;
    llvm::SmallVector<clang::Token, 16> Line; ///< From there on.
  };
  std::deque<Expansion> Expansions;

protected:
  llvm::ArrayRef<clang::Token> Line;
  const clang::Preprocessor &PP;
  const Diagnostics &Diags;
};

} // namespace weave

#endif
