// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "command/Versions.h"
#include "command/Mirror.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace weave {

/// By what the edits make of each pass.
void Versions::number(const Edits &Out) {
  Known.clear();
  for (const auto &[File, Passes] : Includes.Passes) {
    SmallVector<Version, 1> Found;
    for (const FileID Pass : Passes) {
      const auto Same = llvm::find_if(Found, [&](const Version &V) { return Out.areAlike(V.Pass, Pass); });
      const Version Becomes = Same == Found.end() ? Version{Pass, unsigned(Found.size() + 1)} : *Same;
      if (Becomes.Pass == Pass)
        Found.push_back(Becomes);
      if (Passes.size() > 1)
        Known[Pass] = Becomes;
    }
  }
}

Version Versions::of(FileID Pass) const {
  const auto Found = Pass.isValid() ? Known.find(Pass) : Known.end();
  return Found == Known.end() ? Version{Pass, 1} : Found->second;
}

SmallVector<Version> Versions::of(const FileEntry *File) const {
  SmallVector<Version> Result;
  for (const FileID Pass : Includes.passesOf(File))
    if (const Version V = of(Pass); V.Pass == Pass)
      Result.push_back(V);
  return Result;
}

Versions::Versions(const IncludeGraph &Includes, StringRef MirrorRoot, const SourceManager &SM, Edits &Out)
    : Includes(Includes) {
  const bool HasOverlay = MirrorRoot.empty();
  const auto Operand = [&](const Include &I, const std::string &Suffix) {
    if (!HasOverlay)
      return quoted(mirrorPath(MirrorRoot, absolutePath(SM, Includes.nameOf(&I.To.getFileEntry()))) + Suffix);
    return I.IsQuoted ? quoted(I.Spelled + Suffix) : "<" + I.Spelled + Suffix + ">";
  };
  // Each round may part the passes over the files that include what the last round parted.
  for (bool Changed = true; Changed;) {
    Changed = false;
    number(Out);
    for (const Include &I : Includes.Edges)
      if (const Version V = of(I.Pass); V.Number > 1)
        Changed |= Out.replace(I.Name, Operand(I, V.suffix()));
  }
  if (!HasOverlay)
    return;
  for (const auto &Each : Known)
    if (Each.second.Number > 1 && Each.second.Pass == Each.first)
      Out.insertLine(startOfText(SM, Each.first), lineOne(SM.getFileEntryRefForID(Each.first)->getName()));
}

} // namespace weave
