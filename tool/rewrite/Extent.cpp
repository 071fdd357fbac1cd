// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rewrite/Extent.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/AST/StmtOpenMP.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace weave {

std::optional<SourceLocation> Extent::inFrontOf(SourceLocation Loc) const {
  while (Loc.isMacroID()) {
    if (SM.isMacroArgExpansion(Loc))
      Loc = SM.getImmediateSpellingLoc(Loc);
    else if (!SM.isAtStartOfImmediateMacroExpansion(Loc, &Loc))
      return std::nullopt;
  }
  return Loc;
}

std::optional<SourceLocation> Extent::behind(SourceLocation Loc) const {
  while (Loc.isMacroID()) {
    if (SM.isMacroArgExpansion(Loc)) {
      Loc = SM.getImmediateSpellingLoc(Loc);
      continue;
    }
    const unsigned Length = Lexer::MeasureTokenLength(SM.getSpellingLoc(Loc), SM, Language);
    if (!SM.isAtEndOfImmediateMacroExpansion(Loc.getLocWithOffset(Length), &Loc))
      return std::nullopt;
  }
  return Loc.getLocWithOffset(Lexer::MeasureTokenLength(Loc, SM, Language));
}

/// The statement that ends where `S` ends and holds no other.
static const Stmt &lastPart(const Stmt &S) {
  const Stmt *Part = nullptr;
  if (const auto *If = dyn_cast<IfStmt>(&S))
    Part = If->getElse() ? If->getElse() : If->getThen();
  else if (const auto *For = dyn_cast<ForStmt>(&S))
    Part = For->getBody();
  else if (const auto *Range = dyn_cast<CXXForRangeStmt>(&S))
    Part = Range->getBody();
  else if (const auto *While = dyn_cast<WhileStmt>(&S))
    Part = While->getBody();
  else if (const auto *Switch = dyn_cast<SwitchStmt>(&S))
    Part = Switch->getBody();
  else if (const auto *Label = dyn_cast<LabelStmt>(&S))
    Part = Label->getSubStmt();
  else if (const auto *Case = dyn_cast<SwitchCase>(&S))
    Part = Case->getSubStmt();
  else if (const auto *Attributed = dyn_cast<AttributedStmt>(&S))
    Part = Attributed->getSubStmt();
  else if (const auto *Construct = dyn_cast<OMPExecutableDirective>(&S); Construct && Construct->hasAssociatedStmt())
    Part = Construct->getRawStmt();
  return Part ? lastPart(*Part) : S;
}

std::optional<SourceLocation> Extent::behindStatement(const Stmt &S) const {
  const Stmt &Last = lastPart(S);
  SourceLocation End = Last.getEndLoc();
  if (isa<CompoundStmt, NullStmt, DeclStmt, CXXTryStmt>(Last))
    return behind(End);

  if (End.isMacroID() && !SM.isMacroArgExpansion(End)) {
    // The semicolon may be part of the macro.
    const SourceLocation Spelling = SM.getSpellingLoc(End);
    const auto Next = Lexer::findNextToken(Spelling, SM, Language);
    if (Next && Next->is(tok::semi) && SM.getFileID(Next->getLocation()) == SM.getFileID(Spelling)) {
      const int Distance = SM.getFileOffset(Next->getLocation()) - SM.getFileOffset(Spelling);
      const SourceLocation Semicolon = End.getLocWithOffset(Distance);
      if (SM.getFileID(Semicolon) == SM.getFileID(End))
        return behind(Semicolon);
    }
  }
  const auto Behind = behind(End);
  if (!Behind)
    return std::nullopt;
  const auto [File, Offset] = SM.getDecomposedLoc(*Behind);
  const StringRef Text = SM.getBufferData(File);
  Lexer Raw(SM.getLocForStartOfFile(File), Language, Text.begin(), Text.begin() + Offset, Text.end());
  Token Next;
  Raw.LexFromRawLexer(Next);
  if (Next.isNot(tok::semi))
    return std::nullopt;
  return Next.getEndLoc();
}

std::optional<CharSourceRange> Extent::characters(SourceRange Tokens) const {
  const auto Begin = inFrontOf(Tokens.getBegin()), End = behind(Tokens.getEnd());
  if (!Begin || !End || SM.getFileID(*Begin) != SM.getFileID(*End) || *End < *Begin)
    return std::nullopt;
  return CharSourceRange::getCharRange(*Begin, *End);
}

std::optional<std::string> Extent::oneLine(CharSourceRange Characters) const {
  const StringRef Text = Lexer::getSourceText(Characters, SM, Language);
  // A copy, because the lexer wants a null behind the last character.
  const std::string Buffer = Text.str();
  Lexer Raw(SourceLocation(), Language, Buffer.data(), Buffer.data(), Buffer.data() + Buffer.size());
  std::string Result;
  size_t End = 0;
  for (Token T;;) {
    Raw.LexFromRawLexer(T);
    if (T.is(tok::eof))
      break;
    const size_t Offset = Raw.getBufferLocation() - Buffer.data() - T.getLength();
    if (End != 0 && Offset != End)
      Result += ' ';
    for (const char C : StringRef(Buffer).substr(Offset, T.getLength()))
      if (C == '\n')
        return std::nullopt;
      else
        Result += C;
    End = Offset + T.getLength();
  }
  return Result;
}

} // namespace weave
