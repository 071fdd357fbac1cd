// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "pragma/ClauseParser.h"
#include "Diagnostics.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;

namespace weave {

StringRef spelling(DirectiveKind Kind) {
  switch (Kind) {
  case DirectiveKind::Spawn:
    return "spawn";
  case DirectiveKind::Sync:
    return "sync";
  case DirectiveKind::ParallelFor:
    return "parallel_for";
  case DirectiveKind::DependsOn:
    return "depends_on";
  }
  llvm_unreachable("unknown kind of directive");
}

namespace {

constexpr unsigned OnSpawn = 1, OnLoop = 2;

struct ClauseWord {
  llvm::StringLiteral Name;
  unsigned Where;
  bool Supported;
};

constexpr ClauseWord ClauseWords[] = {
    {"depends_on", OnSpawn | OnLoop, true},
    {"reduction", OnLoop, true},
    {"firstprivate", OnSpawn | OnLoop, false},
    {"shared", OnSpawn | OnLoop, false},
    {"private", OnLoop, false},
    {"move", OnSpawn, false},
    {"default", OnSpawn | OnLoop, false},
    {"if", OnSpawn | OnLoop, false},
    {"handle", OnSpawn | OnLoop, false},
    {"label", OnSpawn | OnLoop, false},
    {"detached", OnSpawn, false},
    {"collapse", OnLoop, false},
    {"grainsize", OnLoop, false},
    {"nowait", OnLoop, false},
    {"staged", OnLoop, false},
    {"identity", OnLoop, false},
    {"reproducible", OnLoop, false},
};

constexpr llvm::StringLiteral DirectiveWords[] = {"spawn",      "sync",       "parallel_for",
                                                  "depends_on", "sync_scope", "load_balance"};

std::optional<DirectiveKind> directiveKind(StringRef Word) {
  return llvm::StringSwitch<std::optional<DirectiveKind>>(Word)
      .Case("spawn", DirectiveKind::Spawn)
      .Case("sync", DirectiveKind::Sync)
      .Case("parallel_for", DirectiveKind::ParallelFor)
      .Case("depends_on", DirectiveKind::DependsOn)
      .Default(std::nullopt);
}

std::optional<ReductionOp> reductionOp(StringRef Word) {
  return llvm::StringSwitch<std::optional<ReductionOp>>(Word)
      .Case("+", ReductionOp::Plus)
      .Case("*", ReductionOp::Multiplies)
      .Case("&", ReductionOp::BitAnd)
      .Case("|", ReductionOp::BitOr)
      .Case("^", ReductionOp::BitXor)
      .Case("&&", ReductionOp::LogicalAnd)
      .Case("||", ReductionOp::LogicalOr)
      .Case("min", ReductionOp::Minimum)
      .Case("max", ReductionOp::Maximum)
      .Default(std::nullopt);
}

/// The word nearest to a misspelt one; empty if none is near.
template <class Range> StringRef nearest(StringRef Word, const Range &Words) {
  StringRef Best;
  unsigned Distance = std::max<unsigned>(2, Word.size() / 3) + 1;
  for (StringRef Candidate : Words)
    if (unsigned D = Word.edit_distance(Candidate, /*AllowReplacements=*/true, Distance); D < Distance) {
      Distance = D;
      Best = Candidate;
    }
  return Best;
}

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
  bool parseDependsOn();
  bool parseReduction();
  bool parseOperand(StringRef Clause, Operand &Into);
  /// Passes a token, or all that a bracket encloses.
  bool takeBalanced(Operand &Into);

  ArrayRef<Token> Line;
  const Preprocessor &PP;
  const Diagnostics &Diags;
  Directive Result{};
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
  if (llvm::is_contained(DirectiveWords, Name)) {
    Diags.report(Word.getLocation(), Diag::unsupported_directive) << Name;
    return false;
  }
  const StringRef Best = nearest(Name, DirectiveWords);
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
  if (!expect(tok::l_paren, "after 'depends_on'"))
    return false;
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
  return expect(tok::r_paren, "at the end of 'depends_on'");
}

bool Parser::parseReduction() {
  advance();
  if (!expect(tok::l_paren, "after 'reduction'"))
    return false;
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
    if (!parseOperand("reduction", Variable))
      return false;
    if (Variable.Tokens.size() != 1 || Variable.Tokens[0].isNot(tok::identifier)) {
      Diags.report(Variable.Location, Diag::expected_variable);
      return false;
    }
    for (const Reduction &Earlier : Result.Reductions)
      if (Earlier.Variable.Text == Variable.Text) {
        Diags.report(Variable.Location, Diag::repeated_reduction) << Variable.Text;
        return false;
      }
    Result.Reductions.push_back({*Op, std::move(Variable)});
  } while (next().is(tok::comma));
  return expect(tok::r_paren, "at the end of 'reduction'");
}

bool Parser::parseClause() {
  const Token Word = next();
  const std::string Name = text(Word);
  if (!Word.getIdentifierInfo()) {
    Diags.report(Word.getLocation(), Diag::expected_clause) << Name;
    return false;
  }
  const StringRef Owner = spelling(Result.Kind);
  const auto *Clause = llvm::find_if(ClauseWords, [&](const ClauseWord &C) { return C.Name == Name; });
  if (Clause == std::end(ClauseWords)) {
    const StringRef Best =
        nearest(Name, llvm::map_range(ClauseWords, [](const ClauseWord &C) -> StringRef { return C.Name; }));
    auto Report = Diags.report(Word.getLocation(), Diag::unknown_clause) << Name << Owner << !Best.empty() << Best;
    if (!Best.empty())
      Report << FixItHint::CreateReplacement(Word.getLocation(), Best);
    return false;
  }
  if (Result.Kind == DirectiveKind::DependsOn
          ? Name != "depends_on"
          : !(Clause->Where & (Result.Kind == DirectiveKind::Spawn ? OnSpawn : OnLoop))) {
    Diags.report(Word.getLocation(), Diag::misplaced_clause) << Name << Owner;
    return false;
  }
  if (!Clause->Supported || (Name == "depends_on" && Result.Kind == DirectiveKind::ParallelFor)) {
    Diags.report(Word.getLocation(), Diag::unsupported_clause) << Name;
    return false;
  }
  return Name == "reduction" ? parseReduction() : parseDependsOn();
}

std::optional<Directive> Parser::parse() {
  if (!parseKind())
    return std::nullopt;
  if (Result.Kind == DirectiveKind::Sync && !atEnd()) {
    if (next().is(tok::l_paren))
      Diags.report(next().getLocation(), Diag::sync_operands);
    else
      Diags.report(next().getLocation(), Diag::misplaced_clause) << text(next()) << "sync";
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
