// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "command/Launcher.h"
#include "Diagnostics.h"
#include "command/Analysis.h"
#include "command/DependencyFile.h"
#include "command/Frontend.h"
#include "command/Installation.h"
#include "command/Mirror.h"
#include "command/Output.h"
#include "command/Overlay.h"
#include "command/Precheck.h"
#include "command/PrecompiledHeader.h"
#include "command/Process.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"

using llvm::SmallString;
using llvm::StringRef;
namespace path = llvm::sys::path;

namespace weave {

static std::string switchValue() { return llvm::sys::Process::GetEnv("WEAVE").value_or(""); }

bool isOff() { return switchValue() == "off"; }

bool checkSwitch() {
  const std::string Value = switchValue();
  if (Value.empty() || Value == "on" || Value == "off")
    return true;
  fail(CommandError::bad_switch, Value);
  return false;
}

/// Puts options behind all others, but in front of a `--`.
static Words withOptions(const CompileCommand &Command, llvm::ArrayRef<std::string> Options) {
  Words All = Command.Arguments;
  All.insert(llvm::find(All, "--"), Options.begin(), Options.end());
  All.insert(All.begin(), Command.Compiler.begin(), Command.Compiler.end());
  return All;
}

static const WovenFile *findFile(const WovenUnit &Unit, StringRef Name) {
  SmallString<256> Path(Name);
  llvm::sys::fs::make_absolute(Path);
  path::remove_dots(Path, /*remove_dot_dot=*/true);
  for (const WovenFile &File : Unit.Files)
    if (File.Path == Path || llvm::is_contained(File.Names, Path))
      return &File;
  return nullptr;
}

/// Includes our header behind the headers that the command line includes, which may configure the library, but in front
/// of the first of them that is woven.
static void includeRuntime(CompileCommand &Command, const WovenUnit &Unit) {
  const Words Ours{"-include", "weave/woven.h"};
  for (const Argument &A : readArguments(Command.Arguments))
    if (A.is("-include") && findFile(Unit, A.Value)) {
      Command.Arguments.insert(Command.Arguments.begin() + A.First, Ours.begin(), Ours.end());
      if (A.First <= Command.SourceWord)
        Command.SourceWord += Ours.size();
      return;
    }
  Command.Arguments.insert(llvm::find(Command.Arguments, "--"), Ours.begin(), Ours.end());
}

/// OBJECT.weave, or a temporary directory for an object that is not a file.
static SmallString<256> directoryFor(const CompileCommand &Command, bool &IsTemporary) {
  SmallString<256> Directory(Command.output());
  llvm::sys::fs::file_status Status;
  const StringRef Folder = path::parent_path(Directory);
  IsTemporary = Directory == "-" ||
                !(Folder.empty() || llvm::sys::fs::is_directory(Folder)) || // the compiler will say so
                (!llvm::sys::fs::status(Directory, Status) && Status.type() != llvm::sys::fs::file_type::regular_file);
  if (IsTemporary) {
    llvm::sys::fs::createUniqueDirectory("weave", Directory);
    return Directory;
  }
  llvm::sys::fs::make_absolute(Directory);
  path::remove_dots(Directory, /*remove_dot_dot=*/true);
  Directory += ".weave";
  return Directory;
}

static bool writeTexts(const WovenUnit &Unit, StringRef Directory) {
  return llvm::all_of(Unit.Files,
                      [&](const WovenFile &File) { return writeWhole(mirrorPath(Directory, File.Path), File.Text); });
}

static int compileWithOverlay(const CompileCommand &Command, const WovenUnit &Unit, StringRef Directory,
                              Words Options) {
  const std::string Overlay = (Directory + "/overlay.json").str();
  if (!writeTexts(Unit, Directory) || !writeWhole(Overlay, describeOverlay(Unit, Directory)))
    return 1;
  Options.insert(Options.end(), {"-ivfsoverlay", Overlay});
  return runProcess(withOptions(Command, Options));
}

static int compileMirror(CompileCommand Command, const WovenUnit &Unit, StringRef Directory, Words Options) {
  if (!writeTexts(Unit, Directory))
    return 1;
  const std::string Source = Command.source();
  const DependencyFile Dependencies(Command);
  // The main file, and files that the command line includes.
  for (const Argument &A : readArguments(Command.Arguments))
    if ((A.isInput() && A.First == Command.SourceWord) || A.is("-include"))
      if (const WovenFile *File = findFile(Unit, A.Value))
        Command.Arguments[A.First + A.Count - 1] = mirrorPath(Directory, File->Path);
  SmallString<256> Beside(path::parent_path(Source));
  llvm::sys::fs::make_absolute(Beside);
  // Debug information names the source as the user did. Of two maps that match, the later one counts.
  llvm::append_range(Options, Words{"-iquote", Beside.str().str(), ("-ffile-prefix-map=" + Directory + "=").str()});
  if (!path::is_absolute(Source)) {
    SmallString<256> Here;
    llvm::sys::fs::current_path(Here);
    Options.push_back("-ffile-prefix-map=" + mirrorPath(Directory, Here) + "/=");
  }
  const int Status = runProcess(withOptions(Command, Options));
  if (Status == 0 && !Dependencies.restore(Unit, Directory))
    return 1;
  return Status;
}

int compileUnit(const CompileCommand &Command, const Installation &Files) {
  const Mention Mentioned = mentionIn(Command);
  if (Mentioned == Mention::None)
    return runProcess(Command.words());
  if (!Files.hasHeaders())
    return 1;
  Words Options = Files.compileFlags();
  if (Mentioned == Mention::Word)
    return runProcess(withOptions(Command, Options));

  if (replacesSource(Command.output(), Command.source())) // the compiler gets another source, and would not notice
    return 1;
  bool IsTemporary;
  const SmallString<256> Directory = directoryFor(Command, IsTemporary);
  const auto Remove = llvm::scope_exit([&] {
    if (IsTemporary)
      llvm::sys::fs::remove_directories(Directory);
  });
  const bool HasOverlay = Command.Family == CompilerFamily::Clang;
  const WovenUnit Unit = weaveUnit(analysisArguments(Command.Arguments, Command.source(), Files),
                                   {Command.Warnings, HasOverlay ? "" : Directory.str().str()});
  if (!Unit.Good)
    return 1;
  if (Unit.Files.empty())
    return runProcess(withOptions(Command, Options));
  CompileCommand WithRuntime = Command;
  if (HasOverlay)
    WithRuntime.Arguments = withHeadersAsText(Command.Arguments, WithRuntime.SourceWord);
  includeRuntime(WithRuntime, Unit);
  return HasOverlay ? compileWithOverlay(WithRuntime, Unit, Directory, std::move(Options))
                    : compileMirror(std::move(WithRuntime), Unit, Directory, std::move(Options));
}

/// Says so if a source with directives goes to the compiler as it is. Returns whether that is an error.
static bool warnOfUnwoven(const Words &Command, const WarningOptions &Warnings) {
  for (const std::string &Source : compiledSources(Command))
    if (auto Buffer = llvm::MemoryBuffer::getFile(Source);
        Buffer && mentionIn((*Buffer)->getBuffer()) == Mention::Pragma)
      return warn(Warnings, CommandWarning::not_woven, Source);
  return false;
}

int runLauncher(llvm::ArrayRef<std::string> Given, const Installation &Files) {
  Words Command = expandResponseFiles(Given);
  const size_t Count = Command.size();
  WarningOptions Warnings;
  if (!Warnings.take(Command))
    return 1;
  if (Command.size() == Count)
    Command = Given.vec();
  if (isOff())
    return replaceProcess(Command);
  auto Compile = readCompileCommand(Command);
  if (!Compile && warnOfUnwoven(Command, Warnings))
    return 1;
  if (!Compile || mentionIn(*Compile) == Mention::None)
    return replaceProcess(Command);
  Compile->Warnings = std::move(Warnings);
  return compileUnit(*Compile, Files);
}

} // namespace weave
