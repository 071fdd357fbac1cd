// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "command/Includes.h"
#include "pragma/Handler.h"
#include "clang/Lex/Lexer.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/Support/Path.h"

using namespace clang;
namespace path = llvm::sys::path;

namespace weave {

namespace {

class Recorder : public PPCallbacks {
public:
  Recorder(const Preprocessor &PP, IncludeGraph &Into) : PP(PP), SM(PP.getSourceManager()), Into(Into) {}

  void FileChanged(SourceLocation Loc, FileChangeReason Reason, SrcMgr::CharacteristicKind, FileID) override {
    if (Reason != EnterFile)
      return;
    const FileID File = SM.getFileID(Loc);
    if (const OptionalFileEntryRef Entry = SM.getFileEntryRefForID(File)) {
      Into.Names[&Entry->getFileEntry()].insert(Entry->getName());
      Into.Passes[&Entry->getFileEntry()].push_back(File);
      if (Begun)
        *Begun = File;
      if (auto &Names = Into.GccNames[&Entry->getFileEntry()]; Names.empty()) // the main file
        Names.push_back(Entry->getName().str());
    }
    Begun = nullptr;
  }

  void InclusionDirective(SourceLocation Hash, const Token &Keyword, StringRef Spelled, bool IsAngled,
                          CharSourceRange Name, OptionalFileEntryRef File, StringRef, StringRef, const Module *, bool,
                          SrcMgr::CharacteristicKind) override {
    Begun = nullptr;
    if (!File)
      return;
    // A file that its guard keeps out is not entered again, but may have another name this time.
    Into.Names[&File->getFileEntry()].insert(File->getName());
    const OptionalFileEntryRef From = SM.getFileEntryRefForID(SM.getFileID(Hash));
    std::string GccName = gccName(From, Spelled, IsAngled, *File);
    if (auto &Names = Into.GccNames[&File->getFileEntry()]; !llvm::is_contained(Names, GccName))
      Names.push_back(std::move(GccName));
    const StringRef Word = Keyword.getIdentifierInfo()->getName();
    if (From) {
      Into.Edges.push_back({*From, *File, Spelled.str(), Name.getBegin().isMacroID() ? operand(Keyword) : Name,
                            !IsAngled, Word == "include_next", isSystemHeader(*File, PP), FileID()});
      Begun = &Into.Edges.back().Pass;
    } else if (Word == "include") { // in the text that Clang makes of the command line
      Into.Forced.push_back({&File->getFileEntry(), FileID()});
      Begun = &Into.Forced.back().Pass;
    }
  }

private:
  std::string gccName(OptionalFileEntryRef From, StringRef Spelled, bool IsAngled, FileEntryRef File) const {
    SmallString<256> Beside(From ? From->getDir().getName() : ".");
    path::append(Beside, Spelled);
    if (IsAngled || Beside != File.getName())
      return File.getName().str(); // found on the search path
    SmallString<256> Name(From ? path::parent_path(Into.nameOf(&From->getFileEntry())) : "");
    path::append(Name, Spelled);
    return Name.str().str();
  }

  /// All that follows the word on its line.
  CharSourceRange operand(const Token &Keyword) const {
    const auto [File, Offset] = SM.getDecomposedLoc(Keyword.getLocation());
    const StringRef Text = SM.getBufferData(File);
    Lexer Raw(SM.getLocForStartOfFile(File), PP.getLangOpts(), Text.begin(), Text.begin() + Offset, Text.end());
    Raw.setParsingPreprocessorDirective(true);
    Token T;
    Raw.LexFromRawLexer(T); // the word itself
    CharSourceRange Result;
    for (Raw.LexFromRawLexer(T); T.isNot(tok::eod) && T.isNot(tok::eof); Raw.LexFromRawLexer(T)) {
      if (Result.isInvalid())
        Result.setBegin(T.getLocation());
      Result.setEnd(T.getEndLoc());
    }
    return Result;
  }

  const Preprocessor &PP;
  const SourceManager &SM;
  IncludeGraph &Into;
  FileID *Begun = nullptr; ///< What the pass belongs to that may begin next.
};

} // namespace

SourceLocation startOfText(const SourceManager &SM, FileID Pass) {
  return SM.getLocForStartOfFile(Pass).getLocWithOffset(SM.getBufferData(Pass).starts_with("\xEF\xBB\xBF") ? 3 : 0);
}

std::string quoted(StringRef Name) {
  std::string Result = "\"";
  for (const char C : Name) {
    if (C == '"' || C == '\\')
      Result += '\\';
    Result += C;
  }
  return Result + "\"";
}

void addIncluders(const IncludeGraph &Includes, FileSet &Files) {
  for (size_t Known = 0; Known != Files.size();) {
    Known = Files.size();
    for (const Include &I : Includes.Edges)
      if (!I.IsSystem && Files.contains(&I.To.getFileEntry()))
        Files.insert(&I.From.getFileEntry());
  }
}

std::string absolutePath(const SourceManager &SM, StringRef Name) {
  SmallString<256> Path(Name);
  SM.getFileManager().makeAbsolutePath(Path);
  path::remove_dots(Path, /*remove_dot_dot=*/true);
  return Path.str().str();
}

std::unique_ptr<PPCallbacks> recordIncludes(const Preprocessor &PP, IncludeGraph &Into) {
  return std::make_unique<Recorder>(PP, Into);
}

} // namespace weave
