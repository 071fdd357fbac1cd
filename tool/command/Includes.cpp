// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "command/Includes.h"

using namespace clang;

namespace weave {

namespace {

class Recorder : public PPCallbacks {
public:
  Recorder(const SourceManager &SM, IncludeGraph &Into) : SM(SM), Into(Into) {}

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
                          SrcMgr::CharacteristicKind Kind) override {
    if (!File)
      return;
    // A file that its guard keeps out is not entered again, but may have another name this time.
    Into.Names[&File->getFileEntry()].insert(File->getName());
    if (const OptionalFileEntryRef From = SM.getFileEntryRefForID(SM.getFileID(Hash));
        From && !SM.isInSystemHeader(Hash))
      Into.Edges.push_back({*From, *File, Name, !IsAngled, SrcMgr::isSystem(Kind)});
  }

private:
  const SourceManager &SM;
  IncludeGraph &Into;
};

} // namespace

std::unique_ptr<PPCallbacks> recordIncludes(const SourceManager &SM, IncludeGraph &Into) {
  return std::make_unique<Recorder>(SM, Into);
}

} // namespace weave
