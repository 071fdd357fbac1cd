// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "command/ModuleUnit.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace weave {

namespace {

/// The tokens of a text that are no preprocessor directives.
class Tokens {
public:
  explicit Tokens(StringRef Text)
      : Text(Text), Raw(SourceLocation(), languageOptions(), Text.begin(), Text.begin(), Text.end()) {}

  bool next() {
    do
      advance();
    while (SkipsLine && T.isNot(tok::eof));
    return T.isNot(tok::eof);
  }
  bool is(StringRef Word) const { return T.is(tok::raw_identifier) && T.getRawIdentifier() == Word; }
  const Token &token() const { return T; }
  size_t end() const { return Raw.getBufferLocation() - Text.begin(); }

private:
  static const LangOptions &languageOptions() {
    static const LangOptions Options = [] {
      LangOptions O;
      O.CPlusPlus = O.CPlusPlus11 = O.CPlusPlus14 = O.CPlusPlus17 = O.CPlusPlus20 = O.LineComment = true;
      return O;
    }();
    return Options;
  }
  void advance() {
    Raw.LexFromRawLexer(T);
    if (T.isAtStartOfLine())
      SkipsLine = T.is(tok::hash);
  }

  StringRef Text;
  Lexer Raw;
  Token T;
  bool SkipsLine = false;
};

} // namespace

ModuleUnit::ModuleUnit(StringRef Text) {
  if (!Text.contains("module") && !Text.contains("import"))
    return;
  Tokens All(Text);
  bool More = All.next();
  if (More && All.is("module")) {
    FragmentBegin = All.end() - All.token().getLength();
    IsModule = All.next() && (All.token().is(tok::semi) || All.token().is(tok::raw_identifier));
    if (IsModule && All.token().is(tok::semi)) {
      FragmentEnd = All.end();
      Continued = Text.str();
      for (size_t I = FragmentBegin; I < FragmentEnd; ++I)
        if (Continued[I] != '\n' && Continued[I] != '\r')
          Continued[I] = ' ';
    }
  } else if (More && All.is("export")) {
    IsModule = All.next() && All.is("module");
    Imports = All.is("import");
  }
  for (bool AfterExport = false; More && !Imports; More = All.next()) {
    const bool StartsStatement = All.token().isAtStartOfLine() || AfterExport;
    AfterExport = StartsStatement && All.is("export");
    if (!StartsStatement || !All.is("import") || !All.next())
      continue;
    const tok::TokenKind Kind = All.token().getKind();
    Imports = Kind == tok::raw_identifier || Kind == tok::string_literal || Kind == tok::less || Kind == tok::colon;
  }
}

} // namespace weave
