// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "command/Mirror.h"
#include "llvm/Support/Path.h"

using namespace clang;
namespace path = llvm::sys::path;

namespace weave {

std::string mirrorPath(StringRef Root, StringRef AbsolutePath) {
  SmallString<256> Path(Root);
  path::append(Path, path::relative_path(AbsolutePath));
  return Path.str().str();
}

static std::string absolute(const SourceManager &SM, StringRef Name) {
  SmallString<256> Path(Name);
  SM.getFileManager().makeAbsolutePath(Path);
  path::remove_dots(Path, /*remove_dot_dot=*/true);
  return Path.str().str();
}

static std::string quoted(StringRef Name) {
  std::string Result = "\"";
  for (const char C : Name) {
    if (C == '"' || C == '\\')
      Result += '\\';
    Result += C;
  }
  return Result + "\"";
}

/// The woven files, all that lead to them, and what these find beside themselves under a name relative to the working
/// directory (a copy elsewhere would find it under another, and `__FILE__` with it).
static llvm::SmallSetVector<const FileEntry *, 8> mirrored(const IncludeGraph &Includes, const SourceManager &SM,
                                                           const Edits &Out) {
  llvm::SmallSetVector<const FileEntry *, 8> Files;
  Files.insert(SM.getFileEntryForID(SM.getMainFileID()));
  for (const FileEntryRef Entry : Out.entries())
    Files.insert(&Entry.getFileEntry());
  for (size_t Known = 0; Known != Files.size();) {
    Known = Files.size();
    for (const Include &I : Includes.Edges) {
      const FileEntry *From = &I.From.getFileEntry(), *To = &I.To.getFileEntry();
      if (I.IsSystem)
        continue;
      if (Files.contains(To))
        Files.insert(From);
      else if (Files.contains(From) && I.IsQuoted && !path::is_absolute(I.To.getName()))
        Files.insert(To);
    }
  }
  return Files;
}

void addMirror(const IncludeGraph &Includes, StringRef Root, const SourceManager &SM, Edits &Out) {
  const auto Files = mirrored(Includes, SM, Out);
  for (const FileEntry *File : Files) {
    const auto Pass = Includes.Passes.find(File);
    if (Pass == Includes.Passes.end())
      continue;
    const SourceLocation Start = SM.getLocForStartOfFile(Pass->second);
    const unsigned Mark =
        SM.getBufferData(Pass->second).starts_with("\xEF\xBB\xBF") ? 3 : 0; // a byte order mark stays first
    Out.open(Start.getLocWithOffset(Mark),
             "#line 1 " + quoted(SM.getFileEntryRefForID(Pass->second)->getName()) + "\n");
  }
  for (const Include &I : Includes.Edges) {
    if (I.IsSystem || !Files.contains(&I.From.getFileEntry()) || I.Name.getBegin().isMacroID())
      continue;
    const std::string Target = absolute(SM, I.To.getName());
    const bool IsCopied = Files.contains(&I.To.getFileEntry());
    if (!IsCopied && !I.IsQuoted)
      continue; // found on the search path as ever
    Out.erase(I.Name);
    Out.replaceOpening(I.Name.getBegin(), quoted(IsCopied ? mirrorPath(Root, Target) : Target));
  }
}

} // namespace weave
