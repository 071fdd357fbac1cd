// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "command/Sarif.h"
#include "Diagnostics.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"
#include <set>

using namespace clang;
using llvm::json::Array;
using llvm::json::Object;

namespace weave {

static std::string uriOf(const SourceManager &SM, SourceLocation Where) {
  SmallString<256> Path(SM.getFilename(Where));
  SM.getFileManager().makeAbsolutePath(Path);
  llvm::sys::path::remove_dots(Path, /*remove_dot_dot=*/true);
  std::string Uri = "file://";
  for (const unsigned char C : Path)
    if (llvm::isAlnum(C) || StringRef("/-._~").contains(C))
      Uri += C;
    else
      Uri += "%" + llvm::toHex(ArrayRef(C));
  return Uri;
}

static Object regionOf(const SourceManager &SM, SourceLocation Begin, SourceLocation End) {
  return Object{{"startLine", SM.getSpellingLineNumber(Begin)},
                {"startColumn", SM.getSpellingColumnNumber(Begin)},
                {"endLine", SM.getSpellingLineNumber(End)},
                {"endColumn", SM.getSpellingColumnNumber(End)}};
}

static Object locationOf(const SourceManager &SM, SourceLocation Where) {
  Where = SM.getFileLoc(Where);
  return Object{
      {"physicalLocation",
       Object{{"artifactLocation", Object{{"uri", uriOf(SM, Where)}}}, {"region", regionOf(SM, Where, Where)}}}};
}

static Object messageOf(StringRef Text) { return Object{{"text", llvm::json::fixUTF8(Text)}}; }

static Array fixesOf(const Diagnostic &Info) {
  Array Fixes;
  if (!Info.hasSourceManager())
    return Fixes;
  const SourceManager &SM = Info.getSourceManager();
  for (const FixItHint &Hint : Info.getFixItHints()) {
    const SourceLocation Begin = Hint.RemoveRange.getBegin();
    SourceLocation End = Hint.RemoveRange.getEnd();
    if (Begin.isMacroID() || End.isMacroID())
      continue;
    if (Hint.RemoveRange.isTokenRange())
      End = Lexer::getLocForEndOfToken(End, 0, SM, LangOptions());
    Fixes.push_back(
        Object{{"artifactChanges",
                Array{Object{{"artifactLocation", Object{{"uri", uriOf(SM, Begin)}}},
                             {"replacements",
                              Array{Object{{"deletedRegion", regionOf(SM, Begin, End)},
                                           {"insertedContent", Object{{"text", Hint.CodeToInsert}}}}}}}}}});
  }
  return Fixes;
}

static StringRef spelling(DiagnosticsEngine::Level Level) {
  switch (Level) {
  case DiagnosticsEngine::Ignored:
    return "none";
  case DiagnosticsEngine::Note:
  case DiagnosticsEngine::Remark:
    return "note";
  case DiagnosticsEngine::Warning:
    return "warning";
  case DiagnosticsEngine::Error:
  case DiagnosticsEngine::Fatal:
    return "error";
  }
  llvm_unreachable("unknown level");
}

void SarifReport::HandleDiagnostic(DiagnosticsEngine::Level Level, const Diagnostic &Info) {
  DiagnosticConsumer::HandleDiagnostic(Level, Info);
  SmallString<256> Text;
  Info.FormatDiagnostic(Text);
  const bool HasPlace = Info.hasSourceManager() && Info.getLocation().isValid();
  Array Fixes = fixesOf(Info);
  if (Level == DiagnosticsEngine::Note) { // belongs to what was said before it
    if (Results.empty())
      return;
    Object &Owner = Results.back().Text;
    const auto Append = [&](StringRef Key, llvm::json::Value Element) {
      if (!Owner.get(Key))
        Owner[Key] = Array();
      Owner.getArray(Key)->push_back(std::move(Element));
    };
    if (HasPlace) {
      Object Location = locationOf(Info.getSourceManager(), Info.getLocation());
      Location["message"] = messageOf(Text);
      Append("relatedLocations", std::move(Location));
    }
    for (llvm::json::Value &Fix : Fixes)
      Append("fixes", std::move(Fix));
    return;
  }
  Object New{{"level", spelling(Level)}, {"message", messageOf(Text)}};
  if (HasPlace)
    New["locations"] = Array{locationOf(Info.getSourceManager(), Info.getLocation())};
  if (!Fixes.empty())
    New["fixes"] = std::move(Fixes);
  Results.push_back({Info.getID(), std::move(New)});
}

llvm::json::Value SarifReport::finishDocument(const Diagnostics &Diags) {
  Array Found, Rules;
  std::set<std::string> Known;
  for (Result &R : Results) {
    const std::string Rule = Diags.ruleOf(R.Message);
    if (Known.insert(Rule).second)
      Rules.push_back(Object{{"id", Rule}});
    R.Text["ruleId"] = Rule;
    Found.push_back(std::move(R.Text));
  }
  Results.clear();
  Object Driver{{"name", "weavec"}, {"version", WEAVE_VERSION}, {"rules", std::move(Rules)}};
  return Object{{"$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/cos02/schemas/sarif-schema-2.1.0.json"},
                {"version", "2.1.0"},
                {"runs", Array{Object{{"tool", Object{{"driver", std::move(Driver)}}},
                                      {"columnKind", "unicodeCodePoints"},
                                      {"results", std::move(Found)}}}}};
}

} // namespace weave
