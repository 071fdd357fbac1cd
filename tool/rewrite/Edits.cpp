// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rewrite/Edits.h"
#include "Diagnostics.h"

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
      Text += Original.slice(Copied, Offset);
      Text += Point.Lines;
      Text += Point.Closing;
      Text += Point.Opening;
      Copied = Offset + Point.Erased;
      for (const char C : Original.slice(Offset, Copied))
        if (C == '\n' || C == '\r')
          Text += C;
    }
    Text += Original.substr(Copied);
    Result.push_back({Entry, std::move(Text)});
  }
  return Result;
}

} // namespace weave
