// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "command/Includes.h"
#include "pragma/Handler.h"
#include "clang/Lex/Preprocessor.h"

using namespace clang;

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
      Into.Passes.try_emplace(&Entry->getFileEntry(), File);
    }
  }

  void InclusionDirective(SourceLocation Hash, const Token &, StringRef, bool IsAngled, CharSourceRange Name,
                          OptionalFileEntryRef File, StringRef, StringRef, const Module *, bool,
                          SrcMgr::CharacteristicKind) override {
    if (!File)
      return;
    // A file that its guard keeps out is not entered again, but may have another name this time.
    Into.Names[&File->getFileEntry()].insert(File->getName());
    if (const OptionalFileEntryRef From = SM.getFileEntryRefForID(SM.getFileID(Hash)))
      Into.Edges.push_back({*From, *File, Name, !IsAngled, isSystemHeader(*File, PP)});
  }

private:
  const Preprocessor &PP;
  const SourceManager &SM;
  IncludeGraph &Into;
};

} // namespace

std::unique_ptr<PPCallbacks> recordIncludes(const Preprocessor &PP, IncludeGraph &Into) {
  return std::make_unique<Recorder>(PP, Into);
}

} // namespace weave
