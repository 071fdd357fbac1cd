// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rewrite/Extent.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/AST/StmtOpenMP.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace weave {

/// The parameter in a macro's body in whose place an argument stands.
static SourceLocation parameterOf(SourceLocation InArgument, const SourceManager &SM) {
  return SM.getImmediateExpansionRange(InArgument).getBegin();
}

/// Whether a place in a file is outside of the parentheses of the macro that has this parameter.
bool Extent::isOutsideOfCall(SourceLocation Where, SourceLocation Parameter) const {
  const CharSourceRange Call = SM.getImmediateExpansionRange(Parameter);
  const auto [File, Offset] = SM.getDecomposedLoc(Where);
  const auto [BeginFile, Begin] = SM.getDecomposedSpellingLoc(Call.getBegin());
  const auto [EndFile, End] = SM.getDecomposedSpellingLoc(Call.getEnd());
  return File == BeginFile && File == EndFile && (Offset < Begin || Offset > End);
}

/// Goes on to what is written in the file, or in the body of another macro, as the argument that holds both tokens.
void Extent::enterArguments(SourceLocation &Begin, SourceLocation &End, SourceLocation Opened) const {
  for (SourceLocation Last = End; Last.isMacroID();) {
    if (SM.isMacroArgExpansion(Last))
      for (SourceLocation First = Begin; First.isMacroID(); First = SM.getImmediateExpansionRange(First).getBegin())
        if (SM.isMacroArgExpansion(First) && parameterOf(First, SM) == parameterOf(Last, SM) &&
            !(Opened.isValid() && isOutsideOfCall(Opened, parameterOf(Last, SM)))) {
          Begin = SM.getImmediateSpellingLoc(First);
          End = SM.getImmediateSpellingLoc(Last);
          return enterArguments(Begin, End, Opened);
        }
    Last = SM.getImmediateExpansionRange(Last).getEnd();
  }
}

std::optional<SourceLocation> Extent::startOf(SourceLocation Begin) const {
  while (Begin.isMacroID())
    if (!SM.isAtStartOfImmediateMacroExpansion(Begin, &Begin))
      return std::nullopt;
  return Begin;
}

/// The semicolon that follows the token in the body of the same macro.
std::optional<SourceLocation> Extent::semicolonBehind(SourceLocation End) const {
  const SourceLocation Spelling = SM.getSpellingLoc(End);
  const auto Next = Lexer::findNextToken(Spelling, SM, Language);
  if (!Next || Next->isNot(tok::semi) || SM.getFileID(Next->getLocation()) != SM.getFileID(Spelling))
    return std::nullopt;
  const SourceLocation There = End.getLocWithOffset(SM.getFileOffset(Next->getLocation()) - SM.getFileOffset(Spelling));
  return SM.getFileID(There) == SM.getFileID(End) ? std::optional(There) : std::nullopt;
}

std::optional<SourceLocation> Extent::endOf(SourceLocation End, bool NeedsSemicolon) const {
  while (End.isMacroID()) {
    if (NeedsSemicolon && !SM.isMacroArgExpansion(End))
      if (const auto Semicolon = semicolonBehind(End)) {
        End = *Semicolon;
        NeedsSemicolon = false;
      }
    const unsigned Length = Lexer::MeasureTokenLength(SM.getSpellingLoc(End), SM, Language);
    if (!SM.isAtEndOfImmediateMacroExpansion(End.getLocWithOffset(Length), &End))
      return std::nullopt;
  }
  const SourceLocation Behind = End.getLocWithOffset(Lexer::MeasureTokenLength(End, SM, Language));
  if (!NeedsSemicolon)
    return Behind;
  const auto [File, Offset] = SM.getDecomposedLoc(Behind);
  const StringRef Text = SM.getBufferData(File);
  Lexer Raw(SM.getLocForStartOfFile(File), Language, Text.begin(), Text.begin() + Offset, Text.end());
  Token Next;
  Raw.LexFromRawLexer(Next);
  if (Next.isNot(tok::semi))
    return std::nullopt;
  return Next.getEndLoc();
}

std::optional<SourceLocation> Extent::inFrontOf(SourceLocation Loc) const {
  SourceLocation End = Loc;
  enterArguments(Loc, End);
  return startOf(Loc);
}

std::optional<SourceLocation> Extent::behind(SourceLocation Loc) const {
  SourceLocation Begin = Loc;
  enterArguments(Begin, Loc);
  return endOf(Loc, /*NeedsSemicolon=*/false);
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

std::optional<SourceLocation> Extent::inFrontOfStatement(const Stmt &S) const {
  SourceLocation Begin = S.getBeginLoc(), End = lastPart(S).getEndLoc();
  enterArguments(Begin, End);
  return startOf(Begin);
}

std::optional<SourceLocation> Extent::behindStatement(const Stmt &S, SourceLocation Opened) const {
  const Stmt &Last = lastPart(S);
  SourceLocation Begin = S.getBeginLoc(), End = Last.getEndLoc();
  enterArguments(Begin, End, Opened);
  return endOf(End, /*NeedsSemicolon=*/!isa<CompoundStmt, NullStmt, DeclStmt, CXXTryStmt>(Last));
}

std::optional<CharSourceRange> Extent::characters(SourceRange Tokens) const {
  SourceLocation First = Tokens.getBegin(), Last = Tokens.getEnd();
  enterArguments(First, Last);
  const auto Begin = startOf(First), End = endOf(Last, /*NeedsSemicolon=*/false);
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
