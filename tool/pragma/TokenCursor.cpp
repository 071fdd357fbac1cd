// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "pragma/TokenCursor.h"
#include "Diagnostics.h"
#include "clang/Lex/Preprocessor.h"

using namespace clang;

namespace weave {

std::string TokenCursor::text(const Token &T) const {
  return T.isAnnotation() ? std::string("...") : T.is(tok::eod) ? std::string("end of line") : PP.getSpelling(T);
}

std::string TokenCursor::textOf(ArrayRef<Token> Tokens) const {
  std::string Text;
  for (const Token &T : Tokens) {
    if (!Text.empty() && (T.hasLeadingSpace() || T.isAtStartOfLine()))
      Text += ' ';
    Text += text(T);
  }
  return Text;
}

bool TokenCursor::expect(tok::TokenKind Kind, const llvm::Twine &Where) {
  if (next().is(Kind)) {
    advance();
    return true;
  }
  Diags.report(next().getLocation(), Diag::expected_token) << tok::getPunctuatorSpelling(Kind) << Where.str();
  return false;
}

bool TokenCursor::takeBalanced(Operand &Into) {
  const auto Take = [&] {
    if (!Into.Tokens.empty() && (next().hasLeadingSpace() || next().isAtStartOfLine()))
      Into.Text += ' ';
    Into.Text += text(next());
    Into.Tokens.push_back(next());
    advance();
  };
  tok::TokenKind Close;
  switch (next().getKind()) {
  case tok::l_paren:
    Close = tok::r_paren;
    break;
  case tok::l_square:
    Close = tok::r_square;
    break;
  case tok::l_brace:
    Close = tok::r_brace;
    break;
  default:
    Take();
    return true;
  }
  const bool Subscript = next().is(tok::l_square);
  unsigned Conditionals = 0;
  const Token Open = next();
  Take();
  while (next().isNot(Close)) {
    if (atEnd()) {
      Diags.report(next().getLocation(), Diag::expected_token)
          << tok::getPunctuatorSpelling(Close) << ("to match this '" + text(Open) + "'") << Open.getLocation();
      return false;
    }
    if (next().is(tok::question))
      ++Conditionals;
    if (Subscript && next().is(tok::colon) && Conditionals-- == 0) {
      Diags.report(next().getLocation(), Diag::section);
      return false;
    }
    if (!takeBalanced(Into))
      return false;
  }
  Take();
  return true;
}

void TokenCursor::expandList() {
  const IdentifierInfo *Name = next().getIdentifierInfo();
  const MacroInfo *Macro = Name ? PP.getMacroInfo(Name) : nullptr;
  const auto IsComma = [](const Token &T) { return T.is(tok::comma); };
  if (!Macro || !Macro->isObjectLike() || llvm::none_of(Macro->tokens(), IsComma) ||
      llvm::any_of(Macro->tokens(), [](const Token &T) { return !T.isOneOf(tok::identifier, tok::comma); }) ||
      llvm::any_of(Expansions, [&](const Expansion &E) { return E.Of == Macro; })) // which names itself
    return;
  Expansion &New = Expansions.emplace_back(Expansion{Macro, {}});
  New.Line.append(Macro->tokens_begin(), Macro->tokens_end());
  New.Line.append(Line.begin() + 1, Line.end());
  Line = New.Line;
  expandList(); // the first of the names may be one
}

bool TokenCursor::parseOperand(StringRef Clause, Operand &Into) {
  Into.Location = next().getLocation();
  while (!atEnd() && !next().isOneOf(tok::comma, tok::semi, tok::r_paren))
    if (!takeBalanced(Into))
      return false;
  if (!Into.Tokens.empty())
    return true;
  Diags.report(next().getLocation(), Diag::expected_operand) << Clause;
  return false;
}

size_t TokenCursor::lastOfClause() const {
  size_t Last = 0;
  unsigned Open = 0;
  if (Line.size() > 1 && Line[1].is(tok::l_paren))
    do {
      ++Last;
      Open += Line[Last].is(tok::l_paren);
      Open -= Line[Last].is(tok::r_paren);
    } while (Open && Line[Last + 1].isNot(tok::eod));
  return Last;
}

CharSourceRange TokenCursor::clauseRange() const {
  return CharSourceRange::getTokenRange(Line[0].getLocation(), Line[lastOfClause()].getLocation());
}

void TokenCursor::skipClause() {
  for (size_t Left = lastOfClause() + 1; Left; --Left)
    advance();
}

} // namespace weave
