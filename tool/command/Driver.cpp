// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "command/Driver.h"
#include "Diagnostics.h"
#include "command/Installation.h"
#include "command/Launcher.h"
#include "command/Output.h"
#include "command/Precheck.h"
#include "command/Process.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"

using llvm::StringRef;
namespace path = llvm::sys::path;

namespace weave {

static constexpr llvm::StringLiteral Help = R"(weave++: compiles C++ with #pragma weave, and links it with the runtime

  weave++ ARGUMENT...    as for g++ or clang++

$WEAVE_CXX is the compiler behind it; without it, the clang++ that was found
when Weave was built. WEAVE=off in the environment compiles a serial program.
)";

namespace {

class Driver {
public:
  Driver(Words Given, WarningOptions Warnings, Words Compiler, const Installation &Files)
      : Given(std::move(Given)), Warnings(std::move(Warnings)), Compiler(std::move(Compiler)), Files(Files),
        All(readArguments(this->Given)) {
    classify();
  }

  int run();

private:
  void classify();
  Words preprocessFlags() const;
  int plain() const;
  int compileEach();
  int compileAndLink();
  int compile(const Argument &Source, StringRef Object);
  void addDependencyNames(const Argument &Source, Words &Arguments) const;
  Words words(const Argument &A) const { return {Given.begin() + A.First, Given.begin() + A.First + A.Count}; }

  const Words Given;
  const WarningOptions Warnings;
  const Words Compiler;
  const Installation &Files;
  const llvm::SmallVector<Argument> All;

  llvm::SmallVector<const Argument *> Sources;
  bool OnlyCompiles = false, Assembles = true; ///< -c or -S
  bool Links = true;
  bool MakesLibrary = false; ///< -shared
  bool Preprocesses = false; ///< -E
  bool NeedsCompiler = true; ///< False: there is nothing for the tool to do.
  StringRef Output;
};

} // namespace

/// Options that concern the linker alone; clang++ would complain of them when it compiles.
static bool isForLinker(const Argument &A) {
  static constexpr StringRef Names[] = {"-l",
                                        "-L",
                                        "-Xlinker",
                                        "-T",
                                        "-u",
                                        "-z",
                                        "-e",
                                        "-rdynamic",
                                        "-shared",
                                        "--shared",
                                        "-static",
                                        "-s",
                                        "-static-libgcc",
                                        "-static-libstdc++",
                                        "-nostdlib",
                                        "-nodefaultlibs",
                                        "-nostartfiles",
                                        "-pie",
                                        "-no-pie",
                                        "-r",
                                        "-static-pie"};
  return llvm::is_contained(Names, A.Option) || A.Option.starts_with("-Wl,") || A.Option.starts_with("-fuse-ld");
}

/// Options that concern one object file each.
static bool isForObject(const Argument &A) {
  return llvm::is_contained(llvm::ArrayRef<StringRef>{"-MD", "-MMD", "-MP", "-MF", "-MT", "-MQ", "-x"}, A.Option);
}

void Driver::classify() {
  StringRef Language;
  for (const Argument &A : All) {
    if (A.isInput()) {
      if (A.Value != "-" && isCxxSource(Compiler.back() == "cc" ? "c++" : "weave++", A.Value, Language))
        Sources.push_back(&A);
    } else if (A.is("-x")) {
      Language = A.Value;
    } else if (A.is("-o")) {
      Output = A.Value;
    } else if (A.is("-c") || A.is("-S")) {
      OnlyCompiles = true;
      Assembles &= !A.is("-S");
      Links = false;
    } else if (stopsEarly(A) || A.is("-dumpversion") || A.is("-dumpmachine") || A.Option.starts_with("-print-") ||
               A.Option.starts_with("--print-")) {
      NeedsCompiler = false;
      Links = false;
      Preprocesses |= A.is("-E");
    } else if (A.is("-r")) {
      Links = false;
    } else if (A.is("-shared") || A.is("--shared")) {
      MakesLibrary = true;
    }
  }
}

/// What decides, beside the text, what a compile makes of a source: for include/weave/detail/identity.h.
Words Driver::preprocessFlags() const {
  Words Flags;
  const CompileCommand Unit{Compiler, Given, CompilerFamily::Other, Sources[0]->First, "", true, {}};
  const Mention Mentioned = isOff() ? Mention::None : mentionIn(Unit);
  if (Mentioned != Mention::None)
    Flags = Files.compileFlags();
  if (Mentioned == Mention::Pragma)
    llvm::append_range(Flags, Words{"-include", "weave/woven.h"});
  std::string Identity = "/weave++ " WEAVE_VERSION;
  Identity += isOff() ? " off" : " on";
  for (const std::string &Word : Compiler)
    Identity += " " + Word;
  llvm::sys::fs::file_status Status;
  if (const auto Found = llvm::sys::findProgramByName(Compiler.back()); Found && !llvm::sys::fs::status(*Found, Status))
    Identity += " " + llvm::utostr(llvm::sys::toTimeT(Status.getLastModificationTime()));
  llvm::append_range(Flags, Words{"-DWEAVE_IDENTITY=\"" + Identity + "\"", "-include",
                                  Files.IncludeDirectory + "/weave/detail/identity.h"});
  return Flags;
}

int Driver::plain() const {
  Words Command = Compiler;
  llvm::append_range(Command, Given);
  if (Preprocesses && !Sources.empty() && Files.hasHeaders())
    llvm::append_range(Command, preprocessFlags());
  if (Links && llvm::any_of(All, [](const Argument &A) { return A.isInput(); })) {
    if (!Files.hasLibrary())
      return 1;
    llvm::append_range(Command, Files.linkFlags(MakesLibrary));
  }
  return replaceProcess(Command);
}

int Driver::compile(const Argument &Source, StringRef Object) {
  CompileCommand Command{Compiler, {}, familyOf(Compiler.back()), 0, Object.str(), Assembles, Warnings};
  for (const Argument &A : All) {
    if (&A == &Source)
      Command.SourceWord = Command.Arguments.size();
    else if (A.isInput() || A.is("-o") || isForLinker(A))
      continue;
    llvm::append_range(Command.Arguments, words(A));
  }
  if (!OnlyCompiles) {
    Command.Arguments.push_back("-c");
    addDependencyNames(Source, Command.Arguments);
  }
  if (!Object.empty())
    llvm::append_range(Command.Arguments, Words{"-o", Object.str()});
  if (!isOff())
    return compileUnit(Command, Files);
  // The serial program may include weave/weave.h too, and its directives are nothing to warn of.
  llvm::append_range(Command.Arguments, Files.includeFlags());
  Command.Arguments.push_back("-Wno-unknown-pragmas");
  return runProcess(Command.words());
}

/// The object file is temporary: dependencies are the program's, and the file that lists them lies beside it.
void Driver::addDependencyNames(const Argument &Source, Words &Arguments) const {
  const auto Has = [&](std::initializer_list<StringRef> Names) {
    return llvm::any_of(All, [&](const Argument &A) { return llvm::is_contained(Names, A.Option); });
  };
  if (!Has({"-MD", "-MMD"}))
    return;
  const StringRef Program = Output.empty() ? StringRef("a.out") : Output;
  if (!Has({"-MT", "-MQ"}))
    llvm::append_range(Arguments, Words{"-MT", Program.str()});
  if (!Has({"-MF"})) {
    llvm::SmallString<128> File(path::parent_path(Program));
    path::append(File, path::stem(Source.Value) + ".d");
    llvm::append_range(Arguments, Words{"-MF", File.str().str()});
  }
}

int Driver::compileEach() {
  if (Sources.size() > 1 && !Output.empty())
    return fail(CommandError::several_outputs);
  for (const Argument *Source : Sources)
    if (const int Status = compile(*Source, Output))
      return Status;
  return 0;
}

int Driver::compileAndLink() {
  if (!Files.hasLibrary())
    return 1;
  llvm::SmallString<128> Directory;
  if (const std::error_code Error = llvm::sys::fs::createUniqueDirectory("weave", Directory))
    return fail(CommandError::cannot_write, "a temporary directory", Error.message());
  const auto Remove = llvm::scope_exit([&] { llvm::sys::fs::remove_directories(Directory); });

  Words Link = Compiler;
  for (const Argument &A : All) {
    if (!llvm::is_contained(Sources, &A)) {
      if (!isForObject(A))
        llvm::append_range(Link, words(A));
      continue;
    }
    llvm::SmallString<128> Object(Directory);
    path::append(Object, llvm::utostr(A.First) + "-" + path::stem(A.Value) + ".o");
    if (const int Status = compile(A, Object))
      return Status;
    Link.push_back(Object.str().str());
  }
  if (Links)
    llvm::append_range(Link, Files.linkFlags(MakesLibrary));
  return runProcess(Link);
}

int Driver::run() {
  if (!NeedsCompiler || Sources.empty())
    return plain();
  for (const Argument *Source : Sources)
    if (replacesSource(Output, Source->Value))
      return 1;
  return OnlyCompiles ? compileEach() : compileAndLink();
}

int runDriver(llvm::ArrayRef<std::string> Arguments, const Installation &Files) {
  if (llvm::is_contained(Arguments, "--help")) {
    llvm::outs() << Help;
    return 0;
  }
  const Words Compiler = compilerBehindDriver();
  if (Compiler.empty())
    return 1;
  if (llvm::is_contained(Arguments, "--version")) {
    Words Command = Compiler;
    Command.push_back("--version");
    const int Status = runProcess(Command);
    llvm::outs() << "behind weave++ " WEAVE_VERSION "\n";
    return Status;
  }
  Words Given = expandResponseFiles(Arguments);
  WarningOptions Warnings;
  if (!Warnings.take(Given))
    return 1;
  return Driver(std::move(Given), std::move(Warnings), Compiler, Files).run();
}

} // namespace weave
