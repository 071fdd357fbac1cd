// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "pragma/Handler.h"
#include "Diagnostics.h"
#include "pragma/ClauseParser.h"
#include "pragma/Injection.h"
#include "pragma/Lookahead.h"
#include "pragma/OpenMPParser.h"
#include "clang/Lex/HeaderSearch.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"

using namespace clang;

namespace weave {

bool isSystemHeader(FileEntryRef File, const Preprocessor &PP) {
  return SrcMgr::isSystem(PP.getHeaderSearchInfo().getFileDirFlavor(File));
}

bool isInSystemHeader(SourceLocation Where, const Preprocessor &PP) {
  const SourceManager &SM = PP.getSourceManager();
  if (!SM.isInSystemHeader(Where))
    return false;
  const OptionalFileEntryRef File = SM.getFileEntryRefForID(SM.getFileID(SM.getExpansionLoc(Where)));
  return !File || isSystemHeader(*File, PP);
}

/// Just behind `_Pragma ( "..." )`.
static SourceLocation endOfOperator(const Preprocessor &PP, SourceLocation Begin) {
  const auto Tokens = peek(PP, Begin, 4);
  return Tokens[3].is(tok::r_paren) ? Tokens[3].getEndLoc() : Begin;
}

bool Handler::checkFollower(Preprocessor &PP, const Directive &D, bool &Wrap) {
  auto Next = peek(PP, D.End, 4);
  const auto Is = [&](unsigned N, StringRef Word) {
    return Next[N].is(tok::raw_identifier) && Next[N].getRawIdentifier() == Word;
  };
  const bool Pragma = Next[0].is(tok::hash) && Is(1, "pragma") && Is(2, "weave");
  if (D.Kind == DirectiveKind::DependsOn) {
    if (Pragma && (Is(3, "spawn") || Is(3, "parallel_for") || Is(3, "depends_on")))
      return true;
    Diags.report(D.Begin, Diag::dangling_depends_on);
    return false;
  }
  // Clang would join the annotations of two directives in a row, and wants none in front of other pragmas; the loop
  // keeps them apart.
  Wrap = Next[0].is(tok::hash) || Is(0, "_Pragma") ||
         (Next[0].is(tok::raw_identifier) && PP.getIdentifierInfo(Next[0].getRawIdentifier())->hasMacroDefinition());
  if (Wrap)
    Next = peekBehindPragmas(PP, D.End, 4);
  if (Next[0].isOneOf(tok::r_brace, tok::r_paren, tok::eof)) {
    Diags.report(D.Begin, Diag::not_attached);
    return false;
  }
  if (Is(0, "case") || Is(0, "default") || (Next[0].is(tok::raw_identifier) && Next[1].is(tok::colon))) {
    Diags.report(D.Begin, Diag::on_label) << D.name();
    return false;
  }
  return true;
}

void Handler::HandlePragma(Preprocessor &PP, PragmaIntroducer Introducer, Token &) {
  const SourceManager &SM = PP.getSourceManager();
  if (isInSystemHeader(Introducer.Loc, PP))
    return;

  SmallVector<Token, 32> Line;
  do {
    Line.emplace_back();
    PP.LexUnexpandedToken(Line.back());
  } while (Line.back().isNot(tok::eod));

  if (Of == Language::OpenMP && isForCompiler(Line))
    return;

  // `_Pragma` in a macro's argument stands in the file; in its body it cannot be edited.
  SourceLocation Begin = Introducer.Loc;
  while (Begin.isMacroID() && SM.isMacroArgExpansion(Begin))
    Begin = SM.getImmediateSpellingLoc(Begin);
  if (Begin.isMacroID()) {
    Diags.report(Introducer.Loc, Diag::in_macro);
    return;
  }
  if (Introducer.Kind == PIK__Pragma && llvm::any_of(Table, [&](const Directive &D) { return D.Begin == Begin; })) {
    Diags.report(Begin, Diag::expanded_twice);
    return;
  }
  std::optional<Directive> Parsed =
      Of == Language::OpenMP ? parseOpenMP(Line, PP, Diags) : parseDirective(Line, PP, Diags);
  if (!Parsed)
    return;
  Directive D = std::move(*Parsed);
  D.Begin = Begin;
  D.End = Introducer.Kind == PIK_HashPragma ? Line.back().getLocation() : endOfOperator(PP, D.Begin);
  if (Introducer.Kind == PIK_HashPragma && Line.size() > 1)
    D.NextClause = Line[Line.size() - 2].getEndLoc();

  bool Wrap = false;
  if (!D.standsAlone() && !checkFollower(PP, D, Wrap))
    return;
  if (D.Kind == DirectiveKind::DependsOn) {
    Waiting.append(D.DependsOn);
    D.DependsOn.clear();
    Table.push_back(std::move(D));
    return;
  }
  if (!Waiting.empty()) {
    if (D.Kind == DirectiveKind::ParallelFor)
      Diags.report(Waiting.front().Value.Location, Diag::unsupported_clause) << "depends_on";
    D.DependsOn.insert(D.DependsOn.begin(), Waiting.begin(), Waiting.end());
    Waiting.clear();
  }
  D.OnDeclaration = D.Kind == DirectiveKind::Spawn && (D.hasOperands() || Wrap) && looksLikeDeclaration(PP, D.End);
  Table.push_back(std::move(D));
  injectDirective(PP, Table.back(), Table.size() - 1, Wrap);
}

namespace {

class Replacement : public PPCallbacks {
public:
  Replacement(Preprocessor &PP, PragmaHandler &By) : PP(PP), By(By) {}

  void FileChanged(SourceLocation, FileChangeReason, SrcMgr::CharacteristicKind, FileID) override {
    if (std::exchange(Done, true))
      return;
    PP.RemovePragmaHandler(&By); // the one of that name, whose owner is Clang's parser
    PP.AddPragmaHandler(&By);
  }

private:
  Preprocessor &PP;
  PragmaHandler &By;
  bool Done = false;
};

} // namespace

std::unique_ptr<PPCallbacks> replaceHandler(Preprocessor &PP, PragmaHandler &By) {
  return std::make_unique<Replacement>(PP, By);
}

} // namespace weave
