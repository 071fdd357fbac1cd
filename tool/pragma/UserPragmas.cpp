// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "pragma/UserPragmas.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"
#include "clang/Lex/MacroInfo.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace weave {

/// Whether a macro makes pragmas and nothing else.
static bool makesPragmas(Preprocessor &PP, const IdentifierInfo *Name, unsigned Depth = 0) {
  constexpr unsigned MostDepth = 16; // a macro may name itself
  const MacroInfo *Macro = Name ? PP.getMacroInfo(Name) : nullptr;
  if (!Macro || Depth == MostDepth)
    return false;
  unsigned Parentheses = 0;
  for (const Token &T : Macro->tokens()) {
    const IdentifierInfo *Word = T.getIdentifierInfo();
    if (T.is(tok::l_paren))
      ++Parentheses;
    else if (T.is(tok::r_paren))
      --Parentheses;
    else if (Parentheses == 0 && !(Word && (Word->getName() == "_Pragma" || makesPragmas(PP, Word, Depth + 1))))
      return false;
  }
  return true;
}

class UserPragmas::Recorder : public PPCallbacks {
public:
  Recorder(UserPragmas &Result, Preprocessor &PP) : Result(Result), PP(PP), SM(PP.getSourceManager()) {}

  void SourceRangeSkipped(SourceRange Lines, SourceLocation) override { record(Result.Skipped, Lines); }
  void PragmaDirective(SourceLocation Where, PragmaIntroducerKind Kind) override {
    if (Kind != PIK__Pragma)
      return;
    SourceRange InFile(Where);
    while (InFile.getBegin().isMacroID())
      if (SM.isMacroArgExpansion(InFile.getBegin()))
        InFile = SM.getImmediateSpellingLoc(InFile.getBegin());
      else
        InFile = SM.getImmediateExpansionRange(InFile.getBegin()).getAsRange();
    if (InFile.getEnd().isFileID() && (InFile.getBegin() == Where || isMacroOfPragmas(InFile.getBegin())))
      record(Result.Operators, InFile);
  }

private:
  bool isMacroOfPragmas(SourceLocation Use) const {
    const StringRef Name =
        Lexer::getSourceText(CharSourceRange::getTokenRange(Use), SM, PP.getLangOpts());
    return Name == "_Pragma" || makesPragmas(PP, PP.getIdentifierInfo(Name));
  }
  void record(Stretches &To, SourceRange Tokens) {
    const auto [File, Begin] = SM.getDecomposedLoc(Tokens.getBegin());
    std::vector<Stretch> &All = To[File];
    if (All.empty() || All.back().Begin < Begin) // a macro may make several
      All.push_back({Begin, SM.getFileOffset(Tokens.getEnd()) + 1});
  }

  UserPragmas &Result;
  Preprocessor &PP;
  const SourceManager &SM;
};

std::unique_ptr<PPCallbacks> UserPragmas::recorder(Preprocessor &PP) {
  return std::make_unique<Recorder>(*this, PP);
}

const UserPragmas::Stretch *UserPragmas::find(ArrayRef<Stretch> Sorted, unsigned Offset) {
  const auto *Behind = llvm::partition_point(Sorted, [&](const Stretch &S) { return S.Begin <= Offset; });
  return Behind != Sorted.begin() && (Behind - 1)->End > Offset ? Behind - 1 : nullptr;
}

} // namespace weave
