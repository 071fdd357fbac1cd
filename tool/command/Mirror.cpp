// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "command/Mirror.h"
#include "clang/Lex/Lexer.h"
#include "llvm/Support/Path.h"

using namespace clang;
namespace path = llvm::sys::path;

namespace weave {

std::string mirrorPath(StringRef Root, StringRef AbsolutePath) {
  SmallString<256> Path(Root);
  path::append(Path, path::relative_path(AbsolutePath));
  return Path.str().str();
}

/// The woven files, all that lead to them, and what these find beside themselves under a name relative to the working
/// directory (a copy elsewhere would find it under another, and `__FILE__` with it).
static FileSet mirrored(const IncludeGraph &Includes, const SourceManager &SM, const Edits &Out) {
  FileSet Files = Out.files();
  Files.insert(SM.getFileEntryForID(SM.getMainFileID()));
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

/// Behind the last line of the main file that includes something in front of all else; its start, if there is none.
static SourceLocation behindIncludes(const IncludeGraph &Includes, const SourceManager &SM, SourceLocation Start) {
  const FileID Main = SM.getMainFileID();
  const StringRef Text = SM.getBufferData(Main);
  Lexer Raw(SM.getLocForStartOfFile(Main), LangOptions(), Text.begin(), Text.begin(), Text.end());
  Token Next;
  Raw.LexFromRawLexer(Next);
  while (Next.is(tok::hash) && Next.isAtStartOfLine())
    do
      Raw.LexFromRawLexer(Next);
    while (Next.isNot(tok::eof) && !Next.isAtStartOfLine());
  const unsigned Code = SM.getFileOffset(Next.getLocation());
  unsigned Behind = SM.getFileOffset(Start);
  for (const Include &I : Includes.Edges)
    if (I.Name.isValid() && SM.getFileID(I.Name.getEnd()) == Main)
      if (const unsigned End = Text.find('\n', SM.getFileOffset(I.Name.getEnd())) + 1; End <= Code)
        Behind = std::max(Behind, End);
  return SM.getComposedLoc(Main, Behind);
}

std::vector<Continuation> addMirror(const IncludeGraph &Includes, StringRef Root, const SourceManager &SM, Edits &Out) {
  const FileSet Files = mirrored(Includes, SM, Out);
  for (const FileEntry *File : Files) {
    const bool IsMain = File == SM.getFileEntryForID(SM.getMainFileID());
    for (const FileID Pass : Includes.passesOf(File)) {
      const auto Insert = [&](SourceLocation At, StringRef Before) {
        const unsigned Line = SM.getSpellingLineNumber(At);
        Out.insertLine(At, (Before + "#line " + Twine(Line) + " " + quoted(Includes.nameOf(File)) + "\n").str());
      };
      // To g++ no text is the main file's behind such a line, and so a class in it that holds one of an unnamed
      // namespace is worth a warning. In the headers it is.
      const SourceLocation Top = startOfText(SM, Pass);
      const SourceLocation Own = Pass == SM.getMainFileID() ? behindIncludes(Includes, SM, Top) : Top;
      if (Own != Top)
        Insert(Top, "");
      Insert(Own, IsMain ? "#pragma GCC diagnostic ignored \"-Wsubobject-linkage\"\n" : "");
    }
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
    Out.replace(I.Name, Operand);
  }
  return Continuations;
}

} // namespace weave
