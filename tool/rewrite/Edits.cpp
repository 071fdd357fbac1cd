// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rewrite/Edits.h"
#include "Diagnostics.h"
#include "clang/Basic/CharInfo.h"

using namespace clang;

namespace weave {

Edits::Point &Edits::point(SourceLocation At) {
  const auto [File, Offset] = SM.getDecomposedLoc(At);
  return Files[File][Offset];
}

void Edits::erase(CharSourceRange Characters) {
  point(Characters.getBegin()).Erased = SM.getFileOffset(Characters.getEnd()) - SM.getFileOffset(Characters.getBegin());
}

SmallVector<FileEntryRef> Edits::entries() const {
  SmallVector<FileEntryRef> Result;
  for (const auto &Edited : Files)
    if (const OptionalFileEntryRef Entry = SM.getFileEntryRefForID(Edited.first))
      Result.push_back(*Entry);
  return Result;
}

/// Whether two characters that were apart may become one token, or a comment, if they stand side by side. No harm is
/// done where they would not.
static bool mayFuse(char Left, char Right) {
  static constexpr StringRef Operators = "+-*/%&|^<>=!:.#";
  const auto IsWord = [](char C) { return isAsciiIdentifierContinue(C, /*AllowDollar=*/true) || (C & 0x80); };
  const auto IsQuote = [](char C) { return C == '"' || C == '\''; };
  return (IsWord(Left) && (IsWord(Right) || IsQuote(Right) || Right == '.')) ||
         ((IsQuote(Left) || Left == '.') && IsWord(Right)) || (Operators.contains(Left) && Operators.contains(Right));
}

/// Appends text that does not follow there in the file itself.
static void splice(std::string &Text, StringRef More) {
  if (!Text.empty() && !More.empty() && mayFuse(Text.back(), More.front()))
    Text += ' ';
  Text += More;
}

void Edits::eachInsertion(llvm::function_ref<void(SourceLocation, StringRef)> Visit) const {
  for (const auto &[File, At] : Files)
    for (const auto &[Offset, Point] : At)
      for (const StringRef Text : {StringRef(Point.Closing), StringRef(Point.Opening)})
        if (!Text.empty())
          Visit(SM.getComposedLoc(File, Offset), Text);
}

SmallVector<Edits::File> Edits::apply(const Diagnostics &Diags) const {
  struct Pass {
    FileID File;
    Points At;
  };
  llvm::MapVector<FileEntryRef, Pass> Merged;
  for (const auto &[File, At] : Files) {
    const OptionalFileEntryRef Entry = SM.getFileEntryRefForID(File);
    if (!Entry)
      continue;
    const auto [Found, Fresh] = Merged.insert({*Entry, {File, At}});
    if (Fresh)
      continue;
    for (const auto &[Offset, Point] : At) {
      const auto [Same, New] = Found->second.At.insert({Offset, Point});
      if (!New && Same->second != Point)
        Diags.report(SM.getComposedLoc(File, Offset), Diag::contradictory_text);
    }
  }

  SmallVector<Edits::File> Result;
  for (const auto &[Entry, Pass] : Merged) {
    const StringRef Original = SM.getBufferData(Pass.File);
    std::string Text;
    unsigned Copied = 0;
    for (const auto &[Offset, Point] : Pass.At) {
      splice(Text, Original.slice(Copied, Offset));
      splice(Text, Point.Lines);
      splice(Text, Point.Closing);
      splice(Text, Point.Opening);
      Copied = Offset + Point.Erased;
      for (const char C : Original.slice(Offset, Copied))
        if (C == '\n' || C == '\r')
          Text += C;
    }
    splice(Text, Original.substr(Copied));
    Result.push_back({Entry, std::move(Text)});
  }
  return Result;
}

} // namespace weave
