// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "pragma/Lookahead.h"
#include "clang/Lex/Preprocessor.h"

using namespace clang;

namespace weave {

namespace {

class Reader {
public:
  Reader(const Preprocessor &PP, SourceLocation Where)
      : SM(PP.getSourceManager()), Position(SM.getDecomposedLoc(Where)), Text(SM.getBufferData(Position.first)),
        Raw(SM.getLocForStartOfFile(Position.first), PP.getLangOpts(), Text.begin(), Text.begin() + Position.second,
            Text.end()) {
    Next.startToken();
    advance();
  }

  const Token &next() const { return Next; }
  void advance() {
    if (Next.isNot(tok::eof))
      Raw.LexFromRawLexer(Next);
  }
  void passPragmas() {
    for (;;)
      if (Next.is(tok::hash) && Next.isAtStartOfLine()) {
        do
          advance();
        while (Next.isNot(tok::eof) && !Next.isAtStartOfLine());
      } else if (isWord({"_Pragma"})) {
        advance();
        takeBracket(tok::l_paren, tok::r_paren);
      } else {
        return;
      }
  }
  bool isName() const { return Next.is(tok::raw_identifier); }
  bool isWord(std::initializer_list<StringRef> Words) const {
    return isName() && llvm::is_contained(Words, Next.getRawIdentifier());
  }
  bool take(tok::TokenKind Kind) {
    if (Next.isNot(Kind))
      return false;
    advance();
    return true;
  }
  /// Passes what a bracket encloses; angle brackets too, which may close by twos.
  void takeBracket(tok::TokenKind Open, tok::TokenKind Close) {
    int Depth = 0;
    do {
      Depth += Next.is(Open);
      Depth -= Next.is(Close) ? 1 : Close == tok::greater && Next.is(tok::greatergreater) ? 2 : 0;
      advance();
    } while (Depth > 0 && Next.isNot(tok::eof));
  }

private:
  const SourceManager &SM;
  const FileIDAndOffset Position;
  const StringRef Text;
  Lexer Raw;
  Token Next;
};

} // namespace

static SmallVector<Token, 4> take(Reader &&In, unsigned Count) {
  SmallVector<Token, 4> Result;
  for (; Result.size() != Count; In.advance())
    Result.push_back(In.next());
  return Result;
}

SmallVector<Token, 4> peek(const Preprocessor &PP, SourceLocation Where, unsigned Count) {
  return take(Reader(PP, Where), Count);
}

SmallVector<Token, 4> peekBehindPragmas(const Preprocessor &PP, SourceLocation Where, unsigned Count) {
  Reader In(PP, Where);
  In.passPragmas();
  return take(std::move(In), Count);
}

bool looksLikeDeclaration(const Preprocessor &PP, SourceLocation Where) {
  Reader In(PP, Where);
  In.passPragmas();
  if (In.isWord({"auto", "const", "volatile", "static", "constexpr", "thread_local", "typename", "struct", "class",
                 "enum", "union"}))
    return true;
  if (In.isWord({"return", "throw", "delete", "new", "goto", "else", "case", "co_await", "co_yield", "co_return"}))
    return false;
  // The type.
  if (In.isWord({"decltype"})) {
    In.advance();
    In.takeBracket(tok::l_paren, tok::r_paren);
  } else {
    In.take(tok::coloncolon);
    do {
      if (!In.isName())
        return false;
      In.advance();
      if (In.next().is(tok::less))
        In.takeBracket(tok::less, tok::greater);
    } while (In.take(tok::coloncolon));
  }
  // The name. Two in a row are always a declaration.
  bool IsPointer = false;
  while (In.next().isOneOf(tok::star, tok::amp, tok::ampamp) || In.isWord({"const"})) {
    IsPointer = true;
    In.advance();
  }
  if (!In.isName())
    return false;
  In.advance();
  return !IsPointer || In.next().isOneOf(tok::equal, tok::l_brace);
}

} // namespace weave
