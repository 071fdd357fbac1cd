// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "pragma/ClauseParser.h"
#include "Diagnostics.h"
#include "pragma/ClauseCursor.h"
#include "pragma/Vocabulary.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;

namespace weave {

namespace {

class Parser : ClauseCursor {
public:
  Parser(ArrayRef<Token> Line, const Preprocessor &PP, const Diagnostics &Diags)
      : ClauseCursor(Line, PP, Diags), Start(Line.front().getLocation()) {}

  std::optional<Directive> parse();

private:
  bool parseKind();
  bool parseClause();
  bool mayBeginClause() const;
  bool parseAwaited();
  bool parseArguments(const ClauseWord &Clause, StringRef Name);
  bool parseDependsOn();
  bool parseReduction();
  bool parseReductionOperator(ReductionOp &Op, std::optional<Operand> &Function);
  bool parseIdentity();
  bool checkCombination();
  bool parseDefault();
  bool parseLabel();

  const SourceLocation Start;
  SmallVector<const ClauseWord *, 4> Seen;
  size_t FirstOfReduction = 0; ///< Of the last reduction clause.
};

} // namespace

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
  if (const StringRef Advice = adviceOnDirective(Name); !Advice.empty()) {
    Diags.report(Word.getLocation(), Diag::foreign_word) << Name << 0 << Advice;
    return false;
  }
  const StringRef Best = nearestDirective(Name);
  auto Report = Diags.report(Word.getLocation(), Diag::unknown_directive) << Name << !Best.empty() << Best;
  if (!Best.empty())
    Report << FixItHint::CreateReplacement(Word.getLocation(), Best);
  return false;
}

bool Parser::parseDependsOn() {
  advance();
  SmallVector<Iterator, 0> Iterators;
  if (text(next()) == "iterator" && isFollowedBy(tok::l_paren) &&
      !(parseIterators(Iterators) && expect(tok::comma, "behind 'iterator'")))
    return false;
  do {
    const Token Word = next();
    auto Mode = llvm::StringSwitch<std::optional<Access>>(text(Word))
                    .Case("in", Access::In)
                    .Case("out", Access::Out)
                    .Case("inout", Access::InOut)
                    .Case("commutative", Access::Commutative)
                    .Case("concurrent", Access::Concurrent)
                    .Default(std::nullopt);
    const bool Labelled = isFollowedBy(tok::colon);
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
      if (!parseDependOperand("depends_on", Iterators, Result.DependsOn.emplace_back(DependOperand{*Mode, {}})))
        return false;
    } while (next().is(tok::comma));
    if (next().isNot(tok::semi))
      break;
    advance();
  } while (next().isNot(tok::r_paren));
  return true;
}

/// One of the operators, or else what is in front of the colon is something to call.
bool Parser::parseReductionOperator(ReductionOp &Op, std::optional<Operand> &Function) {
  const Token Word = next();
  const bool IsWhole = isFollowedBy(tok::colon);
  const bool IsName = Word.isOneOf(tok::identifier, tok::coloncolon, tok::l_paren, tok::l_square);
  if (const auto Known = reductionOp(text(Word)); Known && (IsWhole || !IsName)) {
    Op = *Known;
    advance();
    return true;
  }
  if (!IsName) {
    Diags.report(Word.getLocation(), Diag::unknown_reduction) << text(Word);
    return false;
  }
  Op = ReductionOp::Callable;
  Function.emplace().Location = Word.getLocation();
  unsigned Conditionals = 0;
  while (!atEnd() && next().isNot(tok::r_paren)) {
    if (next().is(tok::colon) && Conditionals-- == 0)
      return true;
    Conditionals += next().is(tok::question);
    if (!takeBalanced(*Function))
      return false;
  }
  return true;
}

bool Parser::parseReduction() {
  advance();
  Reduction New;
  if (!parseReductionOperator(New.Op, New.Function))
    return false;
  if (next().isNot(tok::colon))
    return expect(tok::colon, "after the reduction operator");
  FirstOfReduction = Result.Reductions.size();
  return parseReducedList(std::move(New));
}

/// It belongs to the reduction in front of it.
bool Parser::parseIdentity() {
  if (FirstOfReduction == Result.Reductions.size() || Result.Reductions.back().Identity) {
    Diags.report(next().getLocation(), Diag::identity_of_nothing) << Result.Reductions.empty();
    return false;
  }
  std::optional<Operand> Value;
  if (!parseExpression("identity", Value))
    return false;
  for (Reduction &R : MutableArrayRef(Result.Reductions).drop_front(FirstOfReduction))
    R.Identity = Value;
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

bool Parser::parseArguments(const ClauseWord &Clause, StringRef Name) {
  advance();
  switch (Clause.Kind) { // those without
  case ClauseKind::Detached:
    return Result.Detached = true;
  case ClauseKind::Nowait:
    return Result.Nowait = true;
  case ClauseKind::Staged:
    return Result.Staged = true;
  case ClauseKind::Reproducible:
    return Result.Reproducible = true;
  default:
    break;
  }
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
    case ClauseKind::Collapse:
      return parseExpression(Name, Result.Collapse);
    case ClauseKind::Grainsize:
      return parseExpression(Name, Result.Grainsize);
    case ClauseKind::Label:
      return parseLabel();
    case ClauseKind::Handle:
      return parseExpression(Name, Result.Handle);
    case ClauseKind::Identity:
      return parseIdentity();
    case ClauseKind::Detached:
    case ClauseKind::Nowait:
    case ClauseKind::Staged:
    case ClauseKind::Reproducible:
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

/// Where to go on after a clause that is wrong.
bool Parser::mayBeginClause() const {
  const std::string Word = text(next());
  return next().getIdentifierInfo() &&
         (isFollowedBy(tok::l_paren) || findClause(Word) || !adviceOnClause(Word).empty());
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
  if (const StringRef Advice = Clause ? "" : adviceOnClause(Name); !Advice.empty()) {
    Diags.report(Word.getLocation(), Diag::foreign_word) << Name << 1 << Advice;
    return false;
  }
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
  if (Clause->Kind == ClauseKind::DependsOn && Result.Kind == DirectiveKind::ParallelFor) {
    Diags.report(Word.getLocation(), Diag::unsupported_clause) << Name;
    return false;
  }
  return parseArguments(*Clause, Name);
}

bool Parser::checkCombination() {
  const auto Refuse = [&](Diag Id, StringRef First, StringRef Second) {
    Diags.report(Start, Id) << First << Second;
    return false;
  };
  if (Result.Staged && Result.Collapse)
    return Refuse(Diag::bad_combination, "staged", "collapse");
  if (Result.Staged && Result.Reproducible)
    return Refuse(Diag::bad_combination, "staged", "reproducible");
  if (Result.Reproducible && Result.Reductions.empty())
    return Refuse(Diag::needs_clause, "reproducible", "reduction");
  return true;
}

std::optional<Directive> Parser::parse() {
  if (!parseKind())
    return std::nullopt;
  if (Result.Kind == DirectiveKind::Sync && next().is(tok::l_paren) && !parseAwaited())
    return std::nullopt;
  const bool HasNoClauses = Result.standsAlone() || Result.Kind == DirectiveKind::SyncScope || Result.Kind == DirectiveKind::Cancel;
  if (HasNoClauses && !atEnd()) {
    Diags.report(next().getLocation(), Diag::misplaced_clause) << text(next()) << spelling(Result.Kind);
    return std::nullopt;
  }
  bool Good = true;
  while (!atEnd()) {
    const ArrayRef<Token> Clause = Line;
    if (!parseClause()) {
      Good = false;
      Line = Clause;
      skipClause();
      while (!atEnd() && !mayBeginClause())
        advance();
    }
    if (next().is(tok::comma))
      advance();
  }
  if (!Good || !checkCombination())
    return std::nullopt;
  return std::move(Result);
}

std::optional<Directive> parseDirective(ArrayRef<Token> Line, const Preprocessor &PP, const Diagnostics &Diags) {
  return Parser(Line, PP, Diags).parse();
}

} // namespace weave
