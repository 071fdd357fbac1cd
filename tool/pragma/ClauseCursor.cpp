// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "pragma/ClauseCursor.h"
#include "Diagnostics.h"

using namespace clang;

namespace weave {

/// `this->a.b` or `a.b->c`
static bool isMember(ArrayRef<Token> Tokens) {
  for (size_t I = 0; I < Tokens.size(); ++I)
    if (!(I % 2 == 1 ? Tokens[I].isOneOf(tok::period, tok::arrow)
                     : Tokens[I].is(tok::identifier) || (I == 0 && Tokens[I].is(tok::kw_this))))
      return false;
  return Tokens.size() % 2 == 1 && Tokens.size() > 1;
}

/// A variable, a member, or a section of one.
bool ClauseCursor::parseReduced(Reduction &Into) {
  Into.Variable = {};
  Into.Part.reset();
  SmallVector<Subscript, 1> Subscripts;
  if (!parseSectioned("reduction", Into.Variable, Subscripts))
    return false;
  Into.Variable.Text = textOf(Into.Variable.Tokens);
  if (!checkVariable("reduction", Into.Variable, Named::Member))
    return false;
  if (Subscripts.empty())
    return true;
  if (Subscripts.size() > 1 || !Subscripts[0].Length || Subscripts[0].Stride) {
    Diags.report(Subscripts[0].Location, Diag::reduced_section) << Into.Variable.Text;
    return false;
  }
  Into.Part = std::move(Subscripts[0]);
  return true;
}

bool ClauseCursor::parseVariable(StringRef Clause, Operand &Into, Named As) {
  return parseOperand(Clause, Into) && checkVariable(Clause, Into, As);
}

bool ClauseCursor::checkVariable(StringRef Clause, const Operand &Into, Named As) {
  const ArrayRef<Token> Tokens = Into.Tokens;
  const bool IsPack = As == Named::Pack && Tokens.size() == 2 && Tokens[1].is(tok::ellipsis);
  const bool IsName = Tokens[0].is(tok::identifier) && (Tokens.size() == 1 || IsPack);
  if (!IsName && !(As == Named::Member && isMember(Tokens))) {
    Diags.report(Into.Location, Diag::expected_variable) << Clause;
    return false;
  }
  const auto Repeats = [&](const Operand &Earlier, StringRef In) {
    const bool IsPartOf = (Earlier.Tokens.size() == 1) != (Tokens.size() == 1);
    if (Tokens[0].is(tok::kw_this) || Earlier.Tokens[0].is(tok::kw_this) || !IsPartOf
            ? Earlier.Text != Into.Text
            : Earlier.Tokens[0].getIdentifierInfo() != Tokens[0].getIdentifierInfo())
      return false;
    Diags.report(Into.Location, Diag::repeated_variable) << ("'" + Into.Text + "'") << In;
    return true;
  };
  for (const Reduction &Earlier : Result.Reductions)
    if (Repeats(Earlier.Variable, "reduction"))
      return false;
  for (const ListedVariable &Earlier : Result.Listed)
    if (Repeats(Earlier.Variable, spelling(Earlier.How)))
      return false;
  return true;
}

bool ClauseCursor::parseReducedList(Reduction New) {
  do {
    advance();
    expandList();
    if (!parseReduced(New))
      return false;
    Result.Reductions.push_back(New);
  } while (next().is(tok::comma));
  return true;
}

bool ClauseCursor::parseList(Sharing How) {
  do {
    advance();
    expandList();
    Operand Variable;
    if (!parseVariable(spelling(How), Variable, Named::Pack))
      return false;
    Result.Listed.push_back({How, std::move(Variable)});
  } while (next().is(tok::comma));
  return true;
}

bool ClauseCursor::parseExpression(StringRef Clause, std::optional<Operand> &Into) {
  advance();
  return parseOperand(Clause, Into.emplace());
}

} // namespace weave
