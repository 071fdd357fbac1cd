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
static FileSet mirrored(const IncludeGraph &Includes, const SourceManager &SM, const Edits &Out) {
  FileSet Files;
  Files.insert(SM.getFileEntryForID(SM.getMainFileID()));
  for (const FileEntryRef Entry : Out.entries())
    Files.insert(&Entry.getFileEntry());
  for (size_t Known = 0; Known != Files.size();) {
    Known = Files.size();
    addIncluders(Includes, Files);
    for (const Include &I : Includes.Edges)
      if (!I.IsSystem && Files.contains(&I.From.getFileEntry()) && (I.IsQuoted || I.IsNext) &&
          !path::is_absolute(I.To.getName()))
        Files.insert(&I.To.getFileEntry());
  }
  return Files;
}

std::vector<Continuation> addMirror(const IncludeGraph &Includes, StringRef Root, const SourceManager &SM, Edits &Out) {
  const FileSet Files = mirrored(Includes, SM, Out);
  for (const FileEntry *File : Files) {
    const auto Pass = Includes.Passes.find(File);
    if (Pass == Includes.Passes.end())
      continue;
    const SourceLocation Start = SM.getLocForStartOfFile(Pass->second);
    const unsigned Mark =
        SM.getBufferData(Pass->second).starts_with("\xEF\xBB\xBF") ? 3 : 0; // a byte order mark stays first
    // To g++ no text is the main file's behind such a line, and so a class in it that holds one of an unnamed namespace is
    // worth a warning.
    const bool IsMain = File == SM.getFileEntryForID(SM.getMainFileID());
    const StringRef Before = IsMain ? "#pragma GCC diagnostic ignored \"-Wsubobject-linkage\"\n" : "";
    Out.insertLine(Start.getLocWithOffset(Mark),
                   Before.str() + "#line 1 " + quoted(Includes.nameOf(File)) + "\n");
  }
  std::vector<Continuation> Continuations;
  for (const Include &I : Includes.Edges) {
    const FileEntry *To = &I.To.getFileEntry();
    if (I.Name.isInvalid() || !Files.contains(&I.From.getFileEntry()))
      continue;
    std::string Operand;
    if (I.IsSystem) {
      if (!I.IsNext)
        continue;
      Continuations.push_back({I.Spelled, Includes.nameOf(&I.From.getFileEntry()).str()});
      Operand = "<" + Continuations.back().header() + ">";
    } else if (Files.contains(To)) {
      Operand = quoted(mirrorPath(Root, absolutePath(SM, Includes.nameOf(To))));
    } else if (I.IsQuoted || I.IsNext) {
      Operand = quoted(absolutePath(SM, I.To.getName()));
    } else {
      continue; // found on the search path as ever
    }
    Out.erase(I.Name);
    Out.replaceOpening(I.Name.getBegin(), Operand);
  }
  return Continuations;
}

} // namespace weave
