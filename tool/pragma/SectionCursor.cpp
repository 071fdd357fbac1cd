// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "pragma/SectionCursor.h"
#include "Diagnostics.h"

using namespace clang;

namespace weave {

/// Whether the subscript that is next holds a colon of its own. Plain ones in front of it belong to what the section is
/// of.
bool SectionCursor::opensSection() const {
  if (next().isNot(tok::l_square))
    return false;
  unsigned Open = 0, Conditionals = 0;
  for (const Token &T : Line) {
    Open += T.isOneOf(tok::l_square, tok::l_paren, tok::l_brace);
    Open -= T.isOneOf(tok::r_square, tok::r_paren, tok::r_brace);
    if (Open == 0)
      return false;
    if (Open == 1 && T.is(tok::colon) && Conditionals-- == 0)
      return true;
    Conditionals += Open == 1 && T.is(tok::question);
  }
  return false;
}

/// Up to a colon that belongs to no conditional, or to the end of what it is a part of.
bool SectionCursor::parsePart(StringRef Of, std::optional<Operand> &Into) {
  Operand Part;
  Part.Location = next().getLocation();
  unsigned Conditionals = 0;
  while (!next().isOneOf(tok::r_square, tok::r_paren) &&
         !(next().isOneOf(tok::colon, tok::comma) && Conditionals == 0)) {
    if (atEnd()) {
      Diags.report(next().getLocation(), Diag::expected_token)
          << (Of == "iterator" ? ")" : "]") << ("at the end of an " + Of).str();
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

/// `TYPE NAME = FIRST:LAST:STEP`
bool SectionCursor::parseIterator(Iterator &Into) {
  Operand Declared;
  Declared.Location = next().getLocation();
  while (next().isOneOf(tok::identifier, tok::coloncolon, tok::kw_unsigned, tok::kw_signed, tok::kw_int, tok::kw_long,
                        tok::kw_short, tok::kw_char))
    if (!takeBalanced(Declared))
      return false;
  if (next().isNot(tok::equal) || Declared.Tokens.empty() || Declared.Tokens.back().isNot(tok::identifier)) {
    Diags.report(next().getLocation(), Diag::expected_iterator) << text(next());
    return false;
  }
  advance();
  const Token Name = Declared.Tokens.pop_back_val();
  Into.Name = {Name.getLocation(), text(Name), {Name}};
  if (!Declared.Tokens.empty()) {
    Declared.Text = textOf(Declared.Tokens);
    Into.Type = std::move(Declared);
  }
  std::optional<Operand> First, Last;
  if (!parsePart("iterator", First))
    return false;
  if (!First || next().isNot(tok::colon)) {
    Diags.report(next().getLocation(), Diag::expected_iterator) << text(next());
    return false;
  }
  advance();
  if (!parsePart("iterator", Last))
    return false;
  if (!Last) {
    Diags.report(next().getLocation(), Diag::expected_iterator) << text(next());
    return false;
  }
  Into.First = std::move(*First), Into.Last = std::move(*Last);
  if (next().isNot(tok::colon))
    return true;
  advance();
  return parsePart("iterator", Into.Step);
}

bool SectionCursor::parseIterators(SmallVectorImpl<Iterator> &Into) {
  advance();
  do {
    advance();
    if (!parseIterator(Into.emplace_back()))
      return false;
  } while (next().is(tok::comma));
  return expect(tok::r_paren, "at the end of 'iterator'");
}

bool SectionCursor::parseSubscript(Subscript &Into) {
  Into.Location = next().getLocation();
  advance();
  if (!parsePart("array section", Into.First))
    return false;
  if (next().is(tok::colon)) {
    Into.IsRange = true;
    advance();
    if (!parsePart("array section", Into.Length))
      return false;
    if (next().is(tok::colon)) {
      advance();
      if (!parsePart("array section", Into.Stride))
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

/// Whether the operand has a word that is one of the iterators.
static bool names(const DependOperand &Named, ArrayRef<Iterator> Iterators) {
  const auto Names = [&](const Operand &Part) {
    return llvm::any_of(Part.Tokens, [&](const Token &T) {
      return llvm::any_of(Iterators, [&](const Iterator &I) {
        return T.is(tok::identifier) && T.getIdentifierInfo() == I.Name.Tokens[0].getIdentifierInfo();
      });
    });
  };
  return Names(Named.Value) || llvm::any_of(Named.Subscripts, [&](const Subscript &S) {
           return (S.First && Names(*S.First)) || (S.Length && Names(*S.Length)) || (S.Stride && Names(*S.Stride));
         });
}

bool SectionCursor::parseDependOperand(StringRef Clause, ArrayRef<Iterator> Iterators, DependOperand &Into) {
  if (!parseSectioned(Clause, Into.Value, Into.Subscripts))
    return false;
  Into.Base = textOf(Into.Value.Tokens);
  if (names(Into, Iterators))
    Into.Iterators.assign(Iterators.begin(), Iterators.end());
  return true;
}

} // namespace weave
