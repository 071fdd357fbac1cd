// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rewrite/Edits.h"
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

bool Edits::replace(CharSourceRange Characters, StringRef By) {
  erase(Characters);
  std::string &Opening = point(Characters.getBegin()).Opening;
  const bool IsNew = Opening != By;
  Opening = By.str();
  return IsNew;
}

const Edits::Points &Edits::pointsOf(FileID Pass) const {
  static const Points None;
  const auto Found = Files.find(Pass);
  return Found == Files.end() ? None : Found->second;
}

FileSet Edits::files() const {
  FileSet Result;
  for (const auto &Edited : Files)
    if (const FileEntry *File = SM.getFileEntryForID(Edited.first))
      Result.insert(File);
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

std::string Edits::text(FileID Pass) const {
  const StringRef Original = SM.getBufferData(Pass);
  std::string Text;
  unsigned Copied = 0;
  for (const auto &[Offset, Point] : pointsOf(Pass)) {
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
  return Text;
}

} // namespace weave
