// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rewrite/PragmaLines.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;

namespace weave {

/// Whether a pragma means the statement behind it; others may stay where they are.
static bool bindsToStatement(StringRef Word, StringRef Second) {
  if (Word == "GCC" || Word == "clang")
    return llvm::StringSwitch<bool>(Second)
        .Cases({"unroll", "ivdep", "novector", "loop"}, true)
        .Default(false);
  return llvm::StringSwitch<bool>(Word)
      .Cases({"weave", "STDC", "pack", "message", "once", "mark", "region", "endregion", "push_macro", "pop_macro"},
             false)
      .Default(true);
}

class PragmaLines::Scanner {
public:
  Scanner(PragmaLines &Of, FileID File)
      : Of(Of), File(File), Text(Of.SM.getBufferData(File)),
        Raw(Of.SM.getLocForStartOfFile(File), Of.Language, Text.begin(), Text.begin(), Text.end()) {}

  std::vector<Run> scan();

private:
  void advance() { Raw.LexFromRawLexer(Next); }
  Offset offset() const { return Of.SM.getFileOffset(Next.getLocation()); }
  bool isSkipped(Offset At) const { return UserPragmas::find(Of.Pragmas.skipped(File), At); }
  /// The identifier or keyword that comes next on a line; empty if there is none.
  StringRef word() const {
    return Next.is(tok::raw_identifier) && !Next.isAtStartOfLine() ? Next.getRawIdentifier() : StringRef();
  }

  /// What comes next ends the run.
  void end(Offset At) {
    if (InRun)
      Runs.back().End = At;
    InRun = false;
  }
  void begin(Offset At, Anchor Before) {
    if (!InRun)
      Runs.push_back({At, At, Before});
    InRun = true;
  }
  void pass(Anchor New) {
    end(New.At);
    Last = New;
  }
  void readLine();
  void readOperator(Offset Behind);

  PragmaLines &Of;
  const FileID File;
  const StringRef Text;
  Lexer Raw;
  Token Next;
  Anchor Last;
  bool InRun = false;
  std::vector<Run> Runs;
};

/// A line of the preprocessor, from its `#`.
void PragmaLines::Scanner::readLine() {
  const Offset Hash = offset();
  const bool IsDirective = Of.Directives.contains(Next.getLocation());
  advance();
  const StringRef Name = word();
  if (IsDirective) {
    pass({Anchor::Kind::Directive, Hash});
  } else if (Name == "pragma") {
    advance();
    const StringRef Word = word();
    advance();
    if (bindsToStatement(Word, Next.isAtStartOfLine() ? "" : word()))
      begin(Hash, Last);
  } else if (Name.starts_with("include") && !isSkipped(Hash)) {
    pass({Anchor::Kind::Nothing, Hash});
  }
  while (Next.isNot(tok::eof) && !Next.isAtStartOfLine())
    advance();
}

/// `_Pragma("...")`, or the use of a macro.
void PragmaLines::Scanner::readOperator(Offset Behind) {
  const Offset At = offset();
  if (Of.Directives.contains(Next.getLocation()))
    pass({Anchor::Kind::Directive, At});
  else
    begin(At, {Anchor::Kind::Operator, At});
  const bool IsOperator = Next.getRawIdentifier() == "_Pragma";
  do
    advance();
  while (Next.isNot(tok::eof) && (IsOperator ? Next.isNot(tok::r_paren) : offset() < Behind));
  if (IsOperator)
    advance();
}

std::vector<PragmaLines::Run> PragmaLines::Scanner::scan() {
  advance();
  while (Next.isNot(tok::eof)) {
    if (Next.is(tok::hash) && Next.isAtStartOfLine()) {
      readLine();
      continue;
    }
    const Offset At = offset();
    if (isSkipped(At)) {
      advance();
    } else if (const auto *Operator = UserPragmas::find(Of.Pragmas.operators(File), At)) {
      readOperator(Operator->End);
    } else {
      end(At);
      Last = {Anchor::Kind::Token, At + Next.getLength()};
      advance();
    }
  }
  end(Text.size());
  return std::move(Runs);
}

PragmaLines::PragmaLines(const SourceManager &SM, const LangOptions &Language, const DirectiveTable &Table,
                         const UserPragmas &Pragmas)
    : SM(SM), Language(Language), Pragmas(Pragmas) {
  for (const Directive &D : Table)
    if (D.Kind != DirectiveKind::DependsOn)
      Directives.insert(D.Begin);
}

const std::vector<PragmaLines::Run> &PragmaLines::runsOf(FileID File) {
  const auto [Found, Fresh] = Files.try_emplace(File);
  if (Fresh)
    Found->second = Scanner(*this, File).scan();
  return Found->second;
}

PragmaLines::Place PragmaLines::inFrontOf(SourceLocation Loc) {
  const auto [File, At] = SM.getDecomposedLoc(Loc);
  const std::vector<Run> &Runs = runsOf(File);
  const auto Behind = llvm::partition_point(Runs, [&, At = At](const Run &R) { return R.Begin <= At; });
  if (Behind == Runs.begin() || (Behind - 1)->End < At)
    return {Loc};
  const Anchor &Before = (Behind - 1)->Before;
  const SourceLocation There = SM.getComposedLoc(File, Before.At);
  switch (Before.Is) {
  case Anchor::Kind::Nothing:
    return {SourceLocation()};
  case Anchor::Kind::Token:
    return {There, /*NeedsSpace=*/true};
  case Anchor::Kind::Directive: // the text that takes its place comes first
    return inFrontOf(There);
  case Anchor::Kind::Operator:
    return {There};
  }
  llvm_unreachable("unknown anchor");
}

} // namespace weave
