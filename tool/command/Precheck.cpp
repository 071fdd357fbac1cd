// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "command/Precheck.h"
#include "command/ForcedHeaders.h"
#include "clang/Options/Options.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"

using namespace clang::options;
using llvm::SmallString;
using llvm::StringRef;
namespace path = llvm::sys::path;

namespace weave {

static constexpr StringRef StandardInput = "/dev/stdin";

Mention mentionIn(StringRef Text, StringRef Word) {
  Mention Result = Text.contains("__WEAVE__") ? Mention::Word : Mention::None;
  for (size_t At = Text.find(Word); At != StringRef::npos; At = Text.find(Word, At + 1)) {
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
  explicit Scan(const Command &C);

  Mention run(StringRef Source);

private:
  void found(Mention What) { Result = std::max(Result, What); }
  void look(StringRef Text) {
    found(mentionIn(Text, "weave"));
    if (OpenMP)
      found(mentionIn(Text, "omp"));
  }
  void scanIncludes(StringRef File, StringRef Text);
  bool scanIfThere(StringRef Directory, StringRef Name);
  bool hasPragmaOperator() const;

  llvm::SmallVector<std::string> Quoted, Searched, Forced;
  llvm::StringSet<> Seen;
  Mention Result = Mention::None;
  const bool OpenMP;
};

} // namespace

Scan::Scan(const Command &C) : OpenMP(C.openMP()) {
  std::string Prefix, Root;
  if (const Argument *A = C.last(OPT__sysroot_EQ))
    Root = A->value().str();
  if (const Argument *A = C.last(OPT_isysroot))
    Root = A->value().str();
  const auto Directory = [&](StringRef Name) { return Name.consume_front("=") ? Root + Name.str() : Name.str(); };
  for (const Argument &A : C.arguments())
    switch (A.Parsed->getOption().getID()) {
    case OPT_I:
      Searched.push_back(Directory(A.value()));
      break;
    case OPT_iquote:
      Quoted.push_back(Directory(A.value()));
      break;
    case OPT_iprefix:
      Prefix = A.value().str();
      break;
    case OPT_iwithprefixbefore:
      Searched.push_back(Prefix + A.value().str());
      break;
    case OPT_D:
      look(A.value());
      break;
    case OPT_imacros:
      Forced.push_back(A.value().str());
      break;
    case OPT_ivfsoverlay:
    case OPT_vfsoverlay:
    case OPT_working_directory:
      found(Mention::Unsure); // the files are not where they seem to be
    }
  llvm::append_range(Forced, ForcedHeaders(C).names());
  llvm::SmallVector<StringRef> Extra;
  const std::string Path = llvm::sys::Process::GetEnv("CPATH").value_or("");
  StringRef(Path).split(Extra, ':', /*MaxSplit=*/-1, /*KeepEmpty=*/!Path.empty());
  for (StringRef Name : Extra)
    Searched.push_back(Name.str()); // none is the working directory
  for (const std::string &Name : Searched)
    if (StringRef(Name).ends_with(".hmap"))
      found(Mention::Unsure);
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
    found(Mention::Word);
    return true;
  }
  look((*Buffer)->getBuffer());
  scanIncludes(File, (*Buffer)->getBuffer());
  return true;
}

/// Whether only blanks stand between the place and the beginning of its line.
static bool startsLine(StringRef Text, size_t At) {
  const StringRef Before = Text.take_front(At).rtrim(" \t");
  return Before.empty() || Before.ends_with("\n");
}

void Scan::scanIncludes(StringRef File, StringRef Text) {
  // Other spellings of '#'.
  if (Text.contains("%:") || Text.contains("?\?="))
    found(Mention::Unsure);
  const std::string Directory = File == StandardInput ? "" : path::parent_path(File).str();
  for (size_t Hash = Text.find('#'); Hash != StringRef::npos && Result != Mention::Pragma;
       Hash = Text.find('#', Hash + 1)) {
    StringRef Rest = Text.substr(Hash + 1).ltrim(" \t");
    if ((Rest.starts_with("/*") || Rest.starts_with("\\")) && startsLine(Text, Hash))
      found(Mention::Unsure);
    if (!Rest.consume_front("include") && !Rest.consume_front("import"))
      continue;
    const bool IsNext = Rest.consume_front("_next");
    Rest = Rest.ltrim(" \t");
    const bool IsQuoted = Rest.consume_front("\"");
    if (!IsQuoted && !Rest.consume_front("<")) {
      // A macro names the file: only the preprocessor can tell. Prose is no directive.
      if (startsLine(Text, Hash))
        found(Mention::Unsure);
      continue;
    }
    const StringRef Name = Rest.take_until([&](char C) { return C == (IsQuoted ? '"' : '>') || C == '\n'; });
    // Which of them is the next one depends on where this file was found.
    bool Found = IsQuoted && scanIfThere(Directory, Name) && !IsNext;
    if (IsQuoted)
      for (size_t I = 0; !Found && I < Quoted.size(); ++I)
        Found = scanIfThere(Quoted[I], Name) && !IsNext;
    for (size_t I = 0; !Found && I < Searched.size(); ++I)
      Found = scanIfThere(Searched[I], Name) && !IsNext;
  }
}

/// Whether a macro may make a directive of words elsewhere: _Pragma(#text).
bool Scan::hasPragmaOperator() const {
  return llvm::any_of(Seen.keys(), [](StringRef File) {
    auto Buffer = llvm::MemoryBuffer::getFile(File, /*IsText=*/false, /*RequiresNullTerminator=*/false);
    return Buffer && (*Buffer)->getBuffer().contains("_Pragma");
  });
}

Mention Scan::run(StringRef Source) {
  for (StringRef File : Forced)
    if (Result != Mention::Pragma && !scanIfThere("", File))
      for (size_t I = 0; I < Searched.size() && !scanIfThere(Searched[I], File); ++I)
        ;
  if (Result != Mention::Pragma)
    scanIfThere("", Source);
  return Result == Mention::Word && hasPragmaOperator() ? Mention::Unsure : Result;
}

Mention mentionIn(const Command &C, const Input &Source) {
  return Scan(C).run(Source.Name == "-" ? StandardInput : Source.Name);
}

} // namespace weave
