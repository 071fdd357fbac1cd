// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "pragma/SectionCursor.h"
#include "Diagnostics.h"

using namespace clang;

namespace weave {

/// Whether the subscript that is next, or one directly behind it, holds a colon of its own.
bool SectionCursor::opensSection() const {
  if (next().isNot(tok::l_square))
    return false;
  unsigned Open = 0, Conditionals = 0;
  for (const Token &T : Line) {
    if (Open == 0 && T.isNot(tok::l_square))
      return false;
    Open += T.isOneOf(tok::l_square, tok::l_paren, tok::l_brace);
    Open -= T.isOneOf(tok::r_square, tok::r_paren, tok::r_brace);
    if (Open != 1)
      continue;
    if (T.is(tok::colon) && Conditionals-- == 0)
      return true;
    if (T.is(tok::l_square)) // of the next dimension
      Conditionals = 0;
    Conditionals += T.is(tok::question);
  }
  return false;
}

bool SectionCursor::parsePart(std::optional<Operand> &Into) {
  Operand Part;
  Part.Location = next().getLocation();
  unsigned Conditionals = 0;
  while (next().isNot(tok::r_square) && !(next().is(tok::colon) && Conditionals == 0)) {
    if (atEnd()) {
      Diags.report(next().getLocation(), Diag::expected_token) << "]" << "at the end of an array section";
      return false;
    }
    Conditionals += next().is(tok::question);
    Conditionals -= next().is(tok::colon);
    if (!takeBalanced(Part))
      return false;
  }
  if (!Part.Tokens.empty())
    Into = std::move(Part);
  return true;
}

bool SectionCursor::parseSubscript(Subscript &Into) {
  Into.Location = next().getLocation();
  advance();
  if (!parsePart(Into.First))
    return false;
  if (next().is(tok::colon)) {
    Into.IsRange = true;
    advance();
    if (!parsePart(Into.Length))
      return false;
    if (next().is(tok::colon)) {
      advance();
      if (!parsePart(Into.Stride))
        return false;
    }
  }
  return expect(tok::r_square, "at the end of an array section");
}

bool SectionCursor::parseSectioned(StringRef Clause, Operand &All, SmallVectorImpl<Subscript> &Subscripts) {
  All.Location = next().getLocation();
  const ArrayRef<Token> Begin = Line;
  const auto AtEnd = [&] { return atEnd() || next().isOneOf(tok::comma, tok::semi, tok::r_paren); };
  while (!AtEnd() && (All.Tokens.empty() || !opensSection()))
    if (!takeBalanced(All))
      return false;
  while (!AtEnd() && next().is(tok::l_square))
    if (!parseSubscript(Subscripts.emplace_back()))
      return false;
  if (!AtEnd()) {
    Diags.report(next().getLocation(), Diag::behind_section) << text(next());
    return false;
  }
  All.Text = textOf(Begin.drop_back(Line.size()));
  if (!All.Text.empty())
    return true;
  Diags.report(next().getLocation(), Diag::expected_operand) << Clause;
  return false;
}

} // namespace weave
