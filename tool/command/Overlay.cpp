// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "command/Overlay.h"
#include "command/Mirror.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/SHA1.h"

namespace weave {

std::string describeOverlay(const WovenUnit &Unit, llvm::StringRef Directory) {
  llvm::json::Array Roots;
  for (const WovenFile &File : Unit.Files) {
    if (File.Opened == "<stdin>")
      continue; // which gives the text itself
    llvm::SmallVector<std::string> Names(File.Names);
    Names.push_back(File.Path);
    llvm::SmallString<256> Real;
    if (!llvm::sys::fs::real_path(File.Path, Real))
      Names.push_back(Real.str().str());
    llvm::sort(Names);
    Names.erase(llvm::unique(Names), Names.end());
    for (const std::string &Name : Names)
      Roots.push_back(llvm::json::Object{
          {"type", "file"}, {"name", Name + File.Suffix}, {"external-contents", textPath(Directory, File)}});
  }
  // The original names stay in messages, __FILE__, debug information and dependency files.
  std::string Text;
  llvm::raw_string_ostream(Text) << llvm::json::Value(
      llvm::json::Object{{"version", 0}, {"use-external-names", false}, {"roots", std::move(Roots)}});
  return Text;
}

std::string digestOption(const WovenUnit &Unit) {
  llvm::SHA1 Hash;
  for (const WovenFile &File : Unit.Files) {
    Hash.update(File.Path + File.Suffix);
    Hash.update(File.Text);
  }
  return "-D__WEAVE_TEXT__=0x" + llvm::toHex(Hash.final());
}

} // namespace weave
