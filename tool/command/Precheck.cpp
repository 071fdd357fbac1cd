// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "command/Precheck.h"
#include "command/PrecompiledHeader.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"

using llvm::SmallString;
using llvm::StringRef;
namespace path = llvm::sys::path;

namespace weave {

Mention mentionIn(StringRef Text) {
  Mention Result = Text.contains("__WEAVE__") ? Mention::Word : Mention::None;
  for (size_t At = Text.find("weave"); At != StringRef::npos; At = Text.find("weave", At + 1)) {
    Result = Mention::Word;
    size_t Begin = At;
    do
      Begin = Text.rfind('\n', Begin);
    while (Begin != StringRef::npos && Begin > 0 && Text[Begin - 1] == '\\');
    if (Text.slice(Begin == StringRef::npos ? 0 : Begin, At).contains("ragma"))
      return Mention::Pragma;
  }
  return Result;
}

namespace {

class Scan {
public:
  explicit Scan(const CompileCommand &Command);

  Mention run(StringRef Source);

private:
  void scanFile(StringRef File);
  void scanIncludes(StringRef File, StringRef Text);
  bool scanIfThere(StringRef Directory, StringRef Name);

  llvm::SmallVector<std::string> Quoted, Searched, Forced;
  llvm::StringSet<> Seen;
  Mention Result = Mention::None;
};

} // namespace

Scan::Scan(const CompileCommand &Command) {
  size_t Ignored = 0;
  const Words Arguments = withHeadersAsText(Command.Arguments, Ignored);
  bool IsHeader = false; // of -Xclang -include -Xclang HEADER
  for (const Argument &A : readArguments(Arguments)) {
    if (IsHeader && A.is("-Xclang"))
      Forced.push_back(A.Value.str());
    IsHeader = A.is("-Xclang") && A.Value == "-include";
    if (A.is("-I"))
      Searched.push_back(A.Value.str());
    else if (A.is("-iquote"))
      Quoted.push_back(A.Value.str());
    else if (A.is("-include") || A.is("-imacros"))
      Forced.push_back(A.Value.str());
    else if (A.is("-ivfsoverlay"))
      Result = Mention::Pragma; // the files are not where they seem to be
  }
  llvm::SmallVector<StringRef> Extra;
  const std::string Path = llvm::sys::Process::GetEnv("CPATH").value_or("");
  StringRef(Path).split(Extra, ':', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  for (StringRef Directory : Extra)
    Searched.push_back(Directory.str());
}

bool Scan::scanIfThere(StringRef Directory, StringRef Name) {
  SmallString<256> File(path::is_absolute(Name) ? "" : Directory);
  path::append(File, Name);
  if (Seen.contains(File))
    return true;
  auto Buffer = llvm::MemoryBuffer::getFile(File, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!Buffer)
    return false;
  Seen.insert(File);
  // Our own headers speak of directives and hold none.
  if (Name.starts_with("weave/") && !Directory.empty() && llvm::sys::fs::exists(Directory + "/weave/weave.h")) {
    Result = std::max(Result, Mention::Word);
    return true;
  }
  Result = std::max(Result, mentionIn((*Buffer)->getBuffer()));
  scanIncludes(File, (*Buffer)->getBuffer());
  return true;
}

void Scan::scanIncludes(StringRef File, StringRef Text) {
  const std::string Directory = path::parent_path(File).str();
  for (size_t Hash = Text.find('#'); Hash != StringRef::npos && Result != Mention::Pragma;
       Hash = Text.find('#', Hash + 1)) {
    StringRef Rest = Text.substr(Hash + 1).ltrim(" \t");
    if (!Rest.consume_front("include") && !Rest.consume_front("import"))
      continue;
    Rest.consume_front("_next");
    Rest = Rest.ltrim(" \t");
    const bool IsQuoted = Rest.consume_front("\"");
    if (!IsQuoted && !Rest.consume_front("<")) {
      // A macro names the file: only the preprocessor can tell. Prose is no directive.
      if (Text.take_front(Hash).rtrim(" \t").ends_with("\n") || Text.take_front(Hash).trim().empty())
        Result = Mention::Pragma;
      continue;
    }
    const StringRef Name = Rest.take_until([&](char C) { return C == (IsQuoted ? '"' : '>') || C == '\n'; });
    bool Found = IsQuoted && scanIfThere(Directory, Name);
    if (IsQuoted)
      for (size_t I = 0; !Found && I < Quoted.size(); ++I)
        Found = scanIfThere(Quoted[I], Name);
    for (size_t I = 0; !Found && I < Searched.size(); ++I)
      Found = scanIfThere(Searched[I], Name);
  }
}

Mention Scan::run(StringRef Source) {
  for (StringRef File : Forced)
    if (Result != Mention::Pragma && !scanIfThere("", File))
      for (size_t I = 0; I < Searched.size() && !scanIfThere(Searched[I], File); ++I)
        ;
  if (Result != Mention::Pragma)
    scanIfThere("", Source);
  return Result;
}

Mention mentionIn(const CompileCommand &Command) { return Scan(Command).run(Command.source()); }

} // namespace weave
