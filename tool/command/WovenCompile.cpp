// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "command/WovenCompile.h"
#include "command/Analysis.h"
#include "command/DependencyFile.h"
#include "command/ForcedHeaders.h"
#include "command/Frontend.h"
#include "command/InputText.h"
#include "command/Installation.h"
#include "command/Mirror.h"
#include "command/Output.h"
#include "command/Overlay.h"
#include "command/Process.h"
#include "command/Temporary.h"
#include "clang/Options/Options.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace clang::options;
using llvm::SmallString;
using llvm::StringRef;
namespace path = llvm::sys::path;

namespace weave {

namespace {

/// Where the woven text of a unit lies: in OBJECT.weave, or in a temporary folder if the object is no file.
class TextDirectory {
public:
  /// False, after a message, if there can be none.
  bool choose(const Command &C);
  StringRef path() const { return Path; }

private:
  TemporaryDirectory Temporary;
  SmallString<256> Path;
};

} // namespace

bool TextDirectory::choose(const Command &C) {
  Path = C.unitOutput();
  llvm::sys::fs::file_status Status;
  const StringRef Folder = path::parent_path(Path);
  if (Path == "-" || !(Folder.empty() || llvm::sys::fs::is_directory(Folder)) || // the compiler will say so
      (!llvm::sys::fs::status(Path, Status) && Status.type() != llvm::sys::fs::file_type::regular_file)) {
    if (!Temporary.create())
      return false;
    Path = Temporary.path();
    return true;
  }
  llvm::sys::fs::make_absolute(Path);
  path::remove_dots(Path, /*remove_dot_dot=*/true);
  Path += ".weave";
  return true;
}

/// The main file of a unit that has no name of its own goes to the compiler where it reads it.
static bool isUnnamed(const Input &Source) { return Source.Name == "-"; }

static bool writeTexts(const Input &Source, const WovenUnit &Unit, StringRef Directory) {
  return llvm::all_of(Unit.Files, [&](const WovenFile &File) {
    return File.IsMain && isUnnamed(Source) ? replaceText(Source, File.Text)
                                            : writeWhole(textPath(Directory, File), File.Text);
  });
}

static bool isWoven(const ForcedHeader &Header) { return Header.LeadsToWoven; }

/// Includes our header behind the headers that the command line includes, which may configure the library, but in front
/// of the first of them that leads to woven text.
static size_t placeOfRuntime(const WovenUnit &Unit) {
  return llvm::find_if(Unit.Forced, isWoven) - Unit.Forced.begin();
}

static int compileWithOverlay(const Command &C, const WovenUnit &Unit, StringRef Directory, Words Options) {
  const std::string Overlay = (Directory + "/overlay.json").str();
  if (!writeTexts(*C.unit(), Unit, Directory) || !writeWhole(Overlay, describeOverlay(Unit, Directory)))
    return 1;
  const ForcedHeaders Forced(C);
  const size_t Place = placeOfRuntime(Unit);
  for (size_t I = 0; I <= Forced.names().size(); ++I) {
    if (I == Place)
      llvm::append_range(Options, includedAsText(Unit.RuntimeHeader));
    if (I < Forced.names().size())
      llvm::append_range(Options, includedAsText(Forced.names()[I] + Unit.Forced[I].Suffix));
  }
  // By way of -Xclang, since ccache does not know the option and would cache nothing. What it cannot see, the texts
  // that the files have, is told by a number.
  llvm::append_range(Options, Words{"-Xclang", "-ivfsoverlay", "-Xclang", Overlay, digestOption(Unit)});
  const DependencyFile Dependencies(C);
  const int Status = runProcess(
      C.rewritten([&](const Argument &A, Words &) { return Forced.own(A) || isForHeaderModules(A); }, Options));
  return Status == 0 && !Dependencies.restoreVersions(Unit) ? 1 : Status;
}

static int compileMirror(const Command &C, const WovenUnit &Unit, StringRef Directory, Words Options) {
  const Input &Source = *C.unit();
  if (!writeTexts(Source, Unit, Directory))
    return 1;
  const auto CopyOf = [&](const ForcedHeader &Header) {
    const auto Found = llvm::find_if(
        Unit.Files, [&](const WovenFile &File) { return File.Path == Header.Path && File.Suffix == Header.Suffix; });
    return Found == Unit.Files.end() ? std::string() : textPath(Directory, *Found);
  };
  const auto Main = llvm::find_if(Unit.Files, [](const WovenFile &File) { return File.IsMain; });
  const Words Runtime{"-include", Unit.RuntimeHeader};
  const size_t Place = placeOfRuntime(Unit);
  size_t Header = 0;
  // The main file, and files that the command line includes.
  const auto Replace = [&](const Argument &A, Words &Line) {
    if (&A == Source.Where && !isUnnamed(Source)) {
      Line.push_back(textPath(Directory, *Main));
      return true;
    }
    if (!A.is(OPT_include))
      return false;
    if (Header == Place)
      llvm::append_range(Line, Runtime);
    const std::string Copy = Header < Unit.Forced.size() ? CopyOf(Unit.Forced[Header]) : "";
    ++Header;
    if (!Copy.empty())
      llvm::append_range(Line, Words{"-include", Copy});
    return !Copy.empty();
  };
  if (Place == Unit.Forced.size())
    llvm::append_range(Options, Runtime);
  SmallString<256> Beside(path::parent_path(Source.Name));
  llvm::sys::fs::make_absolute(Beside);
  if (Unit.HasContinuations)
    Options.push_back("-I" + mirrorPath(Directory, Continuation::SearchedDirectory));
  // Debug information names the source as the user did. Of two maps that match, the later one counts.
  llvm::append_range(Options, Words{"-iquote", Beside.str().str(), ("-ffile-prefix-map=" + Directory + "=").str()});
  if (!path::is_absolute(Source.Name)) {
    SmallString<256> Here;
    llvm::sys::fs::current_path(Here);
    Options.push_back("-ffile-prefix-map=" + mirrorPath(Directory, Here) + "/=");
  }
  const DependencyFile Dependencies(C);
  const int Status = runProcess(C.rewritten(Replace, Options));
  return Status == 0 && !Dependencies.restore(Unit, Directory) ? 1 : Status;
}

int compileWoven(const Command &C, const Installation &Files) {
  const Input &Source = *C.unit();
  if (replacesSource(C.unitOutput(), Source.Name)) // the compiler gets another source, and would not notice
    return 1;
  const HeldSignals Guard;
  TextDirectory Directory;
  if (!Directory.choose(C))
    return 1;
  const bool HasOverlay = C.family() == CompilerFamily::Clang;
  UnitOptions Options;
  Options.Warnings = C.warnings();
  if (!HasOverlay)
    Options.MirrorRoot = Directory.path();
  const WovenUnit Unit = weaveUnit(C, Source, Files, Options);
  if (!Unit.Good)
    return 1;
  rewindInput(Source); // the parser has come to its end
  if (Unit.Files.empty())
    return runProcess(C.with(Files.compileFlags(C.openMP())));
  return HasOverlay ? compileWithOverlay(C, Unit, Directory.path(), Files.compileFlags(C.openMP()))
                    : compileMirror(C, Unit, Directory.path(), Files.compileFlags(C.openMP()));
}

} // namespace weave
