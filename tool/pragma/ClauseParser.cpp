// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "pragma/ClauseParser.h"
#include "Diagnostics.h"
#include "pragma/Vocabulary.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;

namespace weave {

namespace {

class Parser {
public:
  Parser(ArrayRef<Token> Line, const Preprocessor &PP, const Diagnostics &Diags) : Line(Line), PP(PP), Diags(Diags) {}

  std::optional<Directive> parse();

private:
  const Token &next() const { return Line.front(); }
  bool atEnd() const { return next().is(tok::eod); }
  /// The end-of-directive token is never passed.
  void advance() {
    if (!atEnd())
      Line = Line.drop_front();
  }
  std::string text(const Token &T) const {
    return T.isAnnotation() ? std::string("...") : T.is(tok::eod) ? std::string("end of line") : PP.getSpelling(T);
  }
  bool expect(tok::TokenKind Kind, const llvm::Twine &Where);

  bool parseKind();
  bool parseClause();
  bool parseAwaited();
  bool parseArguments(const ClauseWord &Clause, StringRef Name);
  bool parseDependsOn();
  bool parseReduction();
  bool parseList(Sharing How);
  bool parseDefault();
  bool parseExpression(StringRef Clause, std::optional<Operand> &Into);
  bool parseLabel();
  bool parseVariable(StringRef Clause, Operand &Into, bool MayBePack);
  /// The characters of the clause that is next, its operands included.
  CharSourceRange clauseRange() const;
  bool parseOperand(StringRef Clause, Operand &Into);
  /// Passes a token, or all that a bracket encloses.
  bool takeBalanced(Operand &Into);

  ArrayRef<Token> Line;
  const Preprocessor &PP;
  const Diagnostics &Diags;
  Directive Result{};
  SmallVector<const ClauseWord *, 4> Seen;
};

} // namespace

bool Parser::expect(tok::TokenKind Kind, const llvm::Twine &Where) {
  if (next().is(Kind)) {
    advance();
    return true;
  }
  Diags.report(next().getLocation(), Diag::expected_token) << tok::getPunctuatorSpelling(Kind) << Where.str();
  return false;
}

bool Parser::parseKind() {
  const Token Word = next();
  if (atEnd()) {
    Diags.report(Word.getLocation(), Diag::missing_directive);
    return false;
  }
  const std::string Name = text(Word);
  if (auto Kind = directiveKind(Name)) {
    Result.Kind = *Kind;
    if (*Kind != DirectiveKind::DependsOn)
      advance();
    return true;
  }
  const StringRef Best = nearestDirective(Name);
  auto Report = Diags.report(Word.getLocation(), Diag::unknown_directive) << Name << !Best.empty() << Best;
  if (!Best.empty())
    Report << FixItHint::CreateReplacement(Word.getLocation(), Best);
  return false;
}

bool Parser::takeBalanced(Operand &Into) {
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

bool Parser::parseOperand(StringRef Clause, Operand &Into) {
  Into.Location = next().getLocation();
  while (!atEnd() && !next().isOneOf(tok::comma, tok::semi, tok::r_paren))
    if (!takeBalanced(Into))
      return false;
  if (!Into.Tokens.empty())
    return true;
  Diags.report(next().getLocation(), Diag::expected_operand) << Clause;
  return false;
}

bool Parser::parseDependsOn() {
  advance();
  do {
    const Token Word = next();
    auto Mode = llvm::StringSwitch<std::optional<Access>>(text(Word))
                    .Case("in", Access::In)
                    .Case("out", Access::Out)
                    .Case("inout", Access::InOut)
                    .Default(std::nullopt);
    const bool Labelled = Line.size() > 1 && Line[1].is(tok::colon);
    if (!Mode || !Labelled) {
      const bool IsEvent = Line.size() > 1 && Line[1].isOneOf(tok::comma, tok::r_paren, tok::l_square);
      if (Mode && !IsEvent)
        Diags.report(Word.getEndLoc(), Diag::expected_token) << ":" << ("after '" + text(Word) + "'");
      else if (Labelled || Word.isOneOf(tok::r_paren, tok::eod))
        Diags.report(Word.getLocation(), Diag::expected_access) << text(Word);
      else
        Diags.report(Word.getLocation(), Diag::flow_event);
      return false;
    }
    advance();
    do {
      advance();
      Operand Value;
      if (!parseOperand("depends_on", Value))
        return false;
      Result.DependsOn.push_back({*Mode, std::move(Value)});
    } while (next().is(tok::comma));
    if (next().isNot(tok::semi))
      break;
    advance();
  } while (next().isNot(tok::r_paren));
  return true;
}

bool Parser::parseVariable(StringRef Clause, Operand &Into, bool MayBePack) {
  if (!parseOperand(Clause, Into))
    return false;
  const bool IsPack = MayBePack && Into.Tokens.size() == 2 && Into.Tokens[1].is(tok::ellipsis);
  if (Into.Tokens[0].isNot(tok::identifier) || (Into.Tokens.size() != 1 && !IsPack)) {
    Diags.report(Into.Location, Diag::expected_variable) << Clause;
    return false;
  }
  const IdentifierInfo *Name = Into.Tokens[0].getIdentifierInfo();
  const auto Repeats = [&](const Operand &Earlier, StringRef In) {
    if (Earlier.Tokens[0].getIdentifierInfo() != Name)
      return false;
    Diags.report(Into.Location, Diag::repeated_variable) << Name << In;
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

bool Parser::parseReduction() {
  advance();
  const std::string Word = text(next());
  const auto Op = reductionOp(Word);
  if (!Op) {
    Diags.report(next().getLocation(), Diag::unknown_reduction) << Word;
    return false;
  }
  advance();
  if (next().isNot(tok::colon))
    return expect(tok::colon, "after the reduction operator");
  do {
    advance();
    Operand Variable;
    if (!parseVariable("reduction", Variable, /*MayBePack=*/false))
      return false;
    Result.Reductions.push_back({*Op, std::move(Variable)});
  } while (next().is(tok::comma));
  return true;
}

bool Parser::parseList(Sharing How) {
  do {
    advance();
    Operand Variable;
    if (!parseVariable(spelling(How), Variable, /*MayBePack=*/true))
      return false;
    Result.Listed.push_back({How, std::move(Variable)});
  } while (next().is(tok::comma));
  return true;
}

bool Parser::parseDefault() {
  advance();
  if (const std::string Word = text(next()); Word != "none") {
    Diags.report(next().getLocation(), Diag::expected_none)
        << Word << FixItHint::CreateReplacement(next().getLocation(), "none");
    return false;
  }
  advance();
  return Result.ListsAll = true;
}

bool Parser::parseExpression(StringRef Clause, std::optional<Operand> &Into) {
  advance();
  return parseOperand(Clause, Into.emplace());
}

bool Parser::parseLabel() {
  advance();
  if (next().isNot(tok::string_literal)) {
    Diags.report(next().getLocation(), Diag::expected_label);
    return false;
  }
  Result.Label = StringRef(text(next())).drop_front().drop_back().str();
  advance();
  return true;
}

CharSourceRange Parser::clauseRange() const {
  unsigned Last = 0, Open = 0;
  if (Line.size() > 1 && Line[1].is(tok::l_paren))
    do {
      ++Last;
      Open += Line[Last].is(tok::l_paren);
      Open -= Line[Last].is(tok::r_paren);
    } while (Open && Line[Last + 1].isNot(tok::eod));
  return CharSourceRange::getTokenRange(Line[0].getLocation(), Line[Last].getLocation());
}

bool Parser::parseArguments(const ClauseWord &Clause, StringRef Name) {
  advance();
  if (next().isNot(tok::l_paren))
    return expect(tok::l_paren, "after '" + Name + "'");
  const auto Parse = [&] {
    switch (Clause.Kind) {
    case ClauseKind::DependsOn:
      return parseDependsOn();
    case ClauseKind::Reduction:
      return parseReduction();
    case ClauseKind::Firstprivate:
      return parseList(Sharing::Firstprivate);
    case ClauseKind::Shared:
      return parseList(Sharing::Shared);
    case ClauseKind::Private:
      return parseList(Sharing::Private);
    case ClauseKind::Move:
      return parseList(Sharing::Move);
    case ClauseKind::Default:
      return parseDefault();
    case ClauseKind::If:
      return parseExpression(Name, Result.Condition);
    case ClauseKind::Label:
      return parseLabel();
    case ClauseKind::Handle:
      return parseExpression(Name, Result.Handle);
    case ClauseKind::Detached:
    case ClauseKind::Unsupported:
      break;
    }
    llvm_unreachable("reported before");
  };
  return Parse() && expect(tok::r_paren, "at the end of '" + Name + "'");
}

bool Parser::parseAwaited() {
  do {
    advance();
    if (!parseOperand("sync", Result.Awaited.emplace_back()))
      return false;
  } while (next().is(tok::comma));
  return expect(tok::r_paren, "at the end of 'sync'");
}

bool Parser::parseClause() {
  const Token Word = next();
  const std::string Name = text(Word);
  if (!Word.getIdentifierInfo()) {
    Diags.report(Word.getLocation(), Diag::expected_clause) << Name;
    return false;
  }
  const StringRef Owner = spelling(Result.Kind);
  const ClauseWord *Clause = findClause(Name);
  if (!Clause) {
    const StringRef Best = nearestClause(Name);
    auto Report = Diags.report(Word.getLocation(), Diag::unknown_clause) << Name << Owner << !Best.empty() << Best;
    if (!Best.empty())
      Report << FixItHint::CreateReplacement(Word.getLocation(), Best);
    return false;
  }
  if (Result.Kind == DirectiveKind::DependsOn ? Clause->Kind != ClauseKind::DependsOn
      : Result.Kind == DirectiveKind::Spawn   ? !Clause->OnSpawn
                                              : !Clause->OnLoop) {
    Diags.report(Word.getLocation(), Diag::misplaced_clause)
        << Name << Owner << FixItHint::CreateRemoval(clauseRange());
    return false;
  }
  if (Clause->Once && llvm::is_contained(Seen, Clause)) {
    Diags.report(Word.getLocation(), Diag::repeated_clause) << Name << FixItHint::CreateRemoval(clauseRange());
    return false;
  }
  Seen.push_back(Clause);
  if (Clause->Kind == ClauseKind::Unsupported ||
      (Clause->Kind == ClauseKind::DependsOn && Result.Kind == DirectiveKind::ParallelFor)) {
    Diags.report(Word.getLocation(), Diag::unsupported_clause) << Name;
    return false;
  }
  if (Clause->Kind == ClauseKind::Detached) {
    advance();
    return Result.Detached = true;
  }
  return parseArguments(*Clause, Name);
}

std::optional<Directive> Parser::parse() {
  if (!parseKind())
    return std::nullopt;
  if (Result.Kind == DirectiveKind::Sync && next().is(tok::l_paren) && !parseAwaited())
    return std::nullopt;
  if ((Result.standsAlone() || Result.Kind == DirectiveKind::SyncScope) && !atEnd()) {
    Diags.report(next().getLocation(), Diag::misplaced_clause) << text(next()) << spelling(Result.Kind);
    return std::nullopt;
  }
  while (!atEnd()) {
    if (!parseClause())
      return std::nullopt;
    if (next().is(tok::comma))
      advance();
  }
  return std::move(Result);
}

std::optional<Directive> parseDirective(ArrayRef<Token> Line, const Preprocessor &PP, const Diagnostics &Diags) {
  return Parser(Line, PP, Diags).parse();
}

} // namespace weave
