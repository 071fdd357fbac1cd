// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "command/DependencyFile.h"
#include "Diagnostics.h"
#include "command/Mirror.h"
#include "command/Output.h"
#include "clang/Options/Options.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace clang::options;
using llvm::StringRef;

namespace weave {

DependencyFile::DependencyFile(const Command &C) {
  if (!C.has(OPT_MD) && !C.has(OPT_MMD))
    return;
  if (const Argument *Named = C.last(OPT_MF)) {
    Path = Named->value().str();
    return;
  }
  const StringRef Output = C.namedOutput();
  llvm::SmallString<256> Name(Output.empty() ? llvm::sys::path::filename(C.unit()->Name) : Output);
  llvm::sys::path::replace_extension(Name, "d");
  Path = Name.str().str();
}

/// As make wants it, and without the "./" that gcc takes away.
static std::string escaped(StringRef Name) {
  std::string Result;
  while (Name.consume_front("./"))
    Name = Name.ltrim('/');
  for (const char C : Name) {
    if (C == ' ' || C == '\t' || C == '#')
      Result += '\\';
    else if (C == '$')
      Result += '$';
    Result += C;
  }
  return Result;
}

bool DependencyFile::restore(const WovenUnit &Unit, StringRef Directory) const {
  std::vector<Renaming> Names;
  for (const WovenFile &File : Unit.Files)
    Names.push_back(
        {escaped(textPath(Directory, File)), llvm::join(llvm::map_range(File.DependencyNames, escaped), " ")});
  return rename(Names);
}

bool DependencyFile::restoreVersions(const WovenUnit &Unit) const {
  std::vector<Renaming> Names;
  for (const WovenFile &File : Unit.Files)
    if (!File.Suffix.empty())
      for (const StringRef Name : File.DependencyNames)
        Names.push_back({escaped(Name) + File.Suffix, escaped(Name)});
  return rename(Names);
}

bool DependencyFile::rename(llvm::ArrayRef<Renaming> Names) const {
  if (Path.empty() || Names.empty())
    return true;
  auto Buffer = llvm::MemoryBuffer::getFile(Path);
  if (!Buffer) {
    fail(CommandError::cannot_read, Path, Buffer.getError().message());
    return false;
  }
  std::string Text = (*Buffer)->getBuffer().str();
  for (const auto &[From, To] : Names)
    for (size_t At = Text.find(From); At != std::string::npos; At = Text.find(From, At + To.size()))
      if (const size_t End = At + From.size(); End == Text.size() || StringRef(" \t\n\r:\\").contains(Text[End]))
        Text.replace(At, From.size(), To);
  return writeWhole(Path, Text);
}

} // namespace weave
