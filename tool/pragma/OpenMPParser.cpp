// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "pragma/OpenMPParser.h"
#include "Diagnostics.h"
#include "pragma/ClauseCursor.h"
#include "pragma/OpenMPVocabulary.h"
#include "pragma/Vocabulary.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;

namespace weave {

namespace {

class OpenMPParser : ClauseCursor {
public:
  OpenMPParser(ArrayRef<Token> Line, const Preprocessor &PP, const Diagnostics &Diags)
      : ClauseCursor(Line, PP, Diags) {}

  /// Null, without a message, if there is none of that name.
  const OpenMPDirectiveRow *parseName();
  std::optional<Directive> parse();

private:
  void enter(OpenMPMeaning Meaning);
  bool parseParentheses();
  bool parseClauses();
  bool parseClause();
  bool parseArguments(const OpenMPClauseRow &Clause);
  bool parseLastprivate();
  bool parseReduction(const OpenMPClauseRow &Clause);
  bool parseDefault();
  bool parseIf();
  bool parseNumThreads();
  bool parseDepend();
  void addCondition(Operand New);
  bool refuse(const Token &Where, const Twine &Clause, StringRef Advice) {
    Diags.report(Where.getLocation(), Diag::openmp_unsupported_clause) << Clause.str() << Name << Advice;
    return false;
  }

  std::string Name; ///< Of the directive.
  SourceLocation Start;
};

} // namespace

static Token madeToken(tok::TokenKind Kind, SourceLocation Where) {
  Token T;
  T.startToken();
  T.setKind(Kind);
  T.setLocation(Where);
  return T;
}

static Token nameToken(StringRef Word, const Preprocessor &PP, SourceLocation Where) {
  Token T = madeToken(tok::identifier, Where);
  T.setIdentifierInfo(PP.getIdentifierInfo(Word));
  T.setFlag(Token::DisableExpand);
  return T;
}

/// `OPEN WHAT CLOSE`, the text beside the tokens.
static void append(Operand &To, std::initializer_list<tok::TokenKind> Open, StringRef OpenText, const Operand &What,
                   std::initializer_list<tok::TokenKind> Close, StringRef CloseText) {
  for (const tok::TokenKind Kind : Open)
    To.Tokens.push_back(madeToken(Kind, What.Location));
  To.Tokens.append(What.Tokens.begin(), What.Tokens.end());
  for (const tok::TokenKind Kind : Close)
    To.Tokens.push_back(madeToken(Kind, What.Location));
  To.Text += (OpenText + What.Text + CloseText).str();
}

const OpenMPDirectiveRow *OpenMPParser::parseName() {
  Start = next().getLocation();
  while (next().getIdentifierInfo()) {
    const std::string Longer = Name.empty() ? text(next()) : Name + " " + text(next());
    if (!beginsOpenMPDirective(Longer))
      break;
    Name = Longer;
    advance();
  }
  return findOpenMPDirective(Name);
}

void OpenMPParser::enter(OpenMPMeaning Meaning) {
  Result.OpenMP.emplace();
  Result.OpenMP->Name = "omp " + Name;
  switch (Meaning) {
  case OpenMPMeaning::Parallel:
    Result.Kind = DirectiveKind::Parallel;
    break;
  case OpenMPMeaning::ParallelFor:
    Result.OpenMP->OwnsTeam = true;
    [[fallthrough]];
  case OpenMPMeaning::For:
    Result.Kind = DirectiveKind::ParallelFor;
    break;
  case OpenMPMeaning::Taskloop:
    Result.OpenMP->IsTaskloop = true;
    Result.Kind = DirectiveKind::ParallelFor;
    break;
  case OpenMPMeaning::ParallelSections:
    Result.OpenMP->IsSections = true;
    Result.Kind = DirectiveKind::Parallel;
    break;
  case OpenMPMeaning::Sections:
    Result.OpenMP->IsSections = true;
    [[fallthrough]];
  case OpenMPMeaning::Single:
    Result.Kind = DirectiveKind::Single;
    break;
  case OpenMPMeaning::Section:
    Result.OpenMP->IsSection = true;
    Result.Kind = DirectiveKind::Spawn;
    break;
  case OpenMPMeaning::Barrier:
    Result.OpenMP->IsBarrier = true;
    [[fallthrough]];
  case OpenMPMeaning::Taskwait:
    Result.Kind = DirectiveKind::Sync;
    break;
  case OpenMPMeaning::Atomic: // no name of a `critical` has blanks
    Result.OpenMP->Lock = "all atomics";
    Result.Kind = DirectiveKind::Critical;
    break;
  case OpenMPMeaning::Critical:
    Result.OpenMP->Lock = "no name";
    Result.Kind = DirectiveKind::Critical;
    break;
  case OpenMPMeaning::Flush:
    Result.Kind = DirectiveKind::Flush;
    break;
  case OpenMPMeaning::Task:
    Result.Kind = DirectiveKind::Spawn;
    break;
  case OpenMPMeaning::Taskgroup:
    Result.Kind = DirectiveKind::SyncScope;
    break;
  case OpenMPMeaning::Taskyield:
    Result.Kind = DirectiveKind::LoadBalance;
    break;
  case OpenMPMeaning::Compiler:
  case OpenMPMeaning::Unsupported:
    llvm_unreachable("no directive of ours");
  }
}

/// The name of a `critical`, the variables of a `flush`.
bool OpenMPParser::parseParentheses() {
  if (next().isNot(tok::l_paren))
    return true;
  const bool HasName = Result.Kind == DirectiveKind::Critical && Result.OpenMP->Lock == "no name";
  if (!HasName && Result.Kind != DirectiveKind::Flush)
    return true;
  Operand Inside;
  if (!takeBalanced(Inside))
    return false;
  if (!HasName)
    return true;
  if (Inside.Tokens.size() != 3 || !Inside.Tokens[1].is(tok::identifier)) {
    Diags.report(Inside.Tokens[0].getLocation(), Diag::openmp_lock_name);
    return false;
  }
  Result.OpenMP->Lock = text(Inside.Tokens[1]);
  return true;
}

/// `lastprivate` is a reduction that keeps the later of two values.
bool OpenMPParser::parseLastprivate() {
  Reduction New;
  New.Op = ReductionOp::Callable;
  New.TakesLast = true;
  New.Function.emplace();
  New.Function->Location = next().getLocation();
  New.Function->Text = "::weave::openmp::later";
  for (const StringRef Part : {"weave", "openmp", "later"}) {
    New.Function->Tokens.push_back(madeToken(tok::coloncolon, New.Function->Location));
    New.Function->Tokens.push_back(nameToken(Part, PP, New.Function->Location));
  }
  return parseReducedList(std::move(New));
}

bool OpenMPParser::parseReduction(const OpenMPClauseRow &Clause) {
  advance();
  Reduction New;
  const Token Word = next();
  const std::string Operator = text(Word);
  const auto Known = Operator == "-" ? ReductionOp::Plus : reductionOp(Operator); // which adds, too
  if (!Known || !isFollowedBy(tok::colon))
    return refuse(
        Word, Clause.Word + "(" + Operator + ")",
        "the operators are '+ - * & | ^ && || min max'; '#pragma weave parallel_for reduction(f: x)' has others");
  New.Op = *Known;
  advance();
  return parseReducedList(std::move(New));
}

bool OpenMPParser::parseDefault() {
  advance();
  const Token Word = next();
  const std::string How = text(Word);
  advance();
  if (How == "none")
    return Result.ListsAll = true;
  if (How == "shared") {
    Result.OpenMP->Default = DefaultSharing::Shared;
    return true;
  }
  if (How == "firstprivate" && (Result.Kind == DirectiveKind::Spawn || Result.OpenMP->IsTaskloop)) {
    Result.OpenMP->Default = DefaultSharing::Firstprivate;
    return true;
  }
  return refuse(Word, "default(" + How + ")", "name the variables in 'private' or 'firstprivate'");
}

/// Both `if` and `num_threads` may ask for a serial loop.
void OpenMPParser::addCondition(Operand New) {
  if (!Result.Condition) {
    Result.Condition = std::move(New);
    return;
  }
  Operand Both;
  Both.Location = Result.Condition->Location;
  append(Both, {tok::l_paren}, "(", *Result.Condition, {tok::r_paren, tok::ampamp}, ") && ");
  append(Both, {tok::l_paren}, "(", New, {tok::r_paren}, ")");
  Result.Condition = std::move(Both);
}

bool OpenMPParser::parseIf() {
  if (Line.size() > 2 && Line[2].is(tok::colon) && Line[1].getIdentifierInfo()) { // if(task: c)
    advance();
    advance();
  }
  std::optional<Operand> Condition;
  if (!parseExpression("if", Condition))
    return false;
  addCondition(std::move(*Condition));
  return true;
}

bool OpenMPParser::parseNumThreads() {
  std::optional<Operand> Number;
  if (!parseExpression("num_threads", Number))
    return false;
  if (Result.Kind != DirectiveKind::ParallelFor)
    return true;
  Operand IsTeam;
  IsTeam.Location = Number->Location;
  append(IsTeam, {tok::l_paren}, "(", *Number, {tok::r_paren, tok::greater, tok::kw_true}, ") > 1");
  addCondition(std::move(IsTeam));
  return true;
}

bool OpenMPParser::parseDepend() {
  advance();
  SmallVector<Iterator, 0> Iterators;
  if (text(next()) == "iterator" && isFollowedBy(tok::l_paren) &&
      !(parseIterators(Iterators) && expect(tok::comma, "behind 'iterator'")))
    return false;
  const Token Word = next();
  const auto Mode = llvm::StringSwitch<std::optional<Access>>(text(Word))
                        .Case("in", Access::In)
                        .Case("out", Access::Out)
                        .Case("inout", Access::InOut)
                        .Case("mutexinoutset", Access::Commutative)
                        .Case("inoutset", Access::Concurrent)
                        .Default(std::nullopt);
  if (!Mode || !isFollowedBy(tok::colon))
    return refuse(Word, "depend(" + text(Word) + ")",
                  "write 'in:', 'out:' or 'inout:' and what the task reads or writes");
  advance();
  do {
    advance();
    if (!parseDependOperand("depend", Iterators, Result.DependsOn.emplace_back(DependOperand{*Mode, {}})))
      return false;
  } while (next().is(tok::comma));
  return true;
}

bool OpenMPParser::parseArguments(const OpenMPClauseRow &Clause) {
  if (Clause.Meaning == OpenMPClause::Ignored) {
    skipClause();
    return true;
  }
  advance();
  if (next().isNot(tok::l_paren))
    return expect(tok::l_paren, "after '" + Clause.Word + "'");
  const auto Parse = [&] {
    switch (Clause.Meaning) {
    case OpenMPClause::Private:
      return parseList(Sharing::Private);
    case OpenMPClause::Firstprivate:
      return parseList(Sharing::Firstprivate);
    case OpenMPClause::Shared:
      return parseList(Sharing::Shared);
    case OpenMPClause::Lastprivate:
      return parseLastprivate();
    case OpenMPClause::Reduction:
      return parseReduction(Clause);
    case OpenMPClause::Default:
      return parseDefault();
    case OpenMPClause::If:
      return parseIf();
    case OpenMPClause::NumThreads:
      return parseNumThreads();
    case OpenMPClause::Collapse:
      return parseExpression(Clause.Word, Result.Collapse);
    case OpenMPClause::Grainsize:
      return parseExpression(Clause.Word, Result.Grainsize);
    case OpenMPClause::Depend:
      return parseDepend();
    case OpenMPClause::Ignored:
    case OpenMPClause::Unsupported:
      break;
    }
    llvm_unreachable("treated before");
  };
  return Parse() && expect(tok::r_paren, "at the end of '" + Clause.Word + "'");
}

bool OpenMPParser::parseClause() {
  const Token Word = next();
  const std::string Said = text(Word);
  const OpenMPClauseRow *Clause = findOpenMPClause(Said, Name);
  if (!Clause) {
    Diags.report(Word.getLocation(), Diag::openmp_no_clause) << Name << Said;
    return false;
  }
  return Clause->Meaning == OpenMPClause::Unsupported ? refuse(Word, Said, Clause->Text) : parseArguments(*Clause);
}

bool OpenMPParser::parseClauses() {
  bool Good = true;
  while (!atEnd()) {
    const ArrayRef<Token> Clause = Line;
    if (!parseClause()) {
      Good = false;
      Line = Clause;
      skipClause();
    }
    if (next().is(tok::comma))
      advance();
  }
  return Good;
}

std::optional<Directive> OpenMPParser::parse() {
  const Token First = next();
  const OpenMPDirectiveRow *Row = parseName();
  if (!Row) {
    Diags.report(Start, Diag::openmp_unknown) << (Name.empty() ? text(First) : Name);
    return std::nullopt;
  }
  if (Row->Meaning == OpenMPMeaning::Unsupported) {
    Diags.report(Start, Diag::openmp_unsupported) << Name << Row->Text;
    return std::nullopt;
  }
  enter(Row->Meaning);
  if (!parseParentheses() || !parseClauses())
    return std::nullopt;
  return std::move(Result);
}

bool isForCompiler(ArrayRef<Token> Line) {
  const IdentifierInfo *First = Line.front().getIdentifierInfo();
  const IdentifierInfo *Second = Line.size() > 1 ? Line[1].getIdentifierInfo() : nullptr;
  const auto IsCompilers = [](StringRef Words) {
    const OpenMPDirectiveRow *Row = findOpenMPDirective(Words);
    return Row && Row->Meaning == OpenMPMeaning::Compiler;
  };
  return First &&
         (IsCompilers(First->getName()) || (Second && IsCompilers((First->getName() + " " + Second->getName()).str())));
}

std::optional<Directive> parseOpenMP(ArrayRef<Token> Line, const Preprocessor &PP, const Diagnostics &Diags) {
  return OpenMPParser(Line, PP, Diags).parse();
}

} // namespace weave
