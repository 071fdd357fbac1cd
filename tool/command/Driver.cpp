// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "command/Driver.h"
#include "Diagnostics.h"
#include "command/Command.h"
#include "command/Identity.h"
#include "command/InputText.h"
#include "command/Installation.h"
#include "command/Launcher.h"
#include "command/Output.h"
#include "command/Precheck.h"
#include "command/Process.h"
#include "command/Temporary.h"
#include "clang/Options/Options.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace clang::options;
using llvm::StringRef;
namespace path = llvm::sys::path;

namespace weave {

static constexpr llvm::StringLiteral Help = R"(weave++: compiles C++ with #pragma weave, and links it with the runtime

  weave++ ARGUMENT...    as for g++ or clang++

$WEAVE_CXX is the compiler behind it; without it, the clang++ that was found
when Weave was built, or c++ where that is gone. WEAVE=off in the environment compiles a serial program.
)";

namespace {

class Driver {
public:
  Driver(const Command &C, const Installation &Files) : C(C), Files(Files) {}

  int run();

private:
  int plain() const;
  int compileEach() const;
  int compileAndLink() const;
  int compile(const Input &Source, StringRef Object) const;
  void addDependencyNames(const Input &Source, Words &Line) const;
  /// What links the runtime; empty, after a message, if it is not there.
  Words runtime() const;

  const Command &C;
  const Installation &Files;
};

} // namespace

static bool isWoven(const Input &Source) {
  return Source.Kind == InputKind::Source || Source.Kind == InputKind::Module;
}

/// Options that concern the linker alone; clang++ would complain of them when it compiles.
static bool isForLinker(const Argument &A) {
  if (A.isAny({OPT_coverage, OPT_specs_EQ})) // in the group of the linker's, but for both
    return false;
  return A.isAny({OPT_Link_Group, OPT_T_Group, OPT_u_Group, OPT_static_libgcc, OPT_static_libstdcxx, OPT_nodefaultlibs,
                  OPT_fuse_ld_EQ});
}

Words Driver::runtime() const {
  return Files.hasLibrary() ? Files.linkFlags(/*MakesLibrary=*/C.has(OPT_shared)) : Words();
}

int Driver::plain() const {
  if (!isOff() && warnOfUnwoven(C))
    return 1;
  Words Behind;
  if (C.goal() == Goal::Preprocess && C.has(OPT_E) && llvm::any_of(C.inputs(), isWoven) && Files.hasHeaders())
    Behind = identityFlags(C, Files);
  if (C.goal() == Goal::Program && !C.has(OPT_r) && !C.inputs().empty()) {
    if (!C.inputs().back().Language.empty()) // which would be the library's, too
      Behind = {"-x", "none"};
    const Words Runtime = runtime();
    if (Runtime.empty())
      return 1;
    llvm::append_range(Behind, Runtime);
  }
  return replaceProcess(C.with(Behind));
}

static void appendInput(const Input &I, Words &Line) {
  if (!I.Language.empty())
    llvm::append_range(Line, Words{"-x", I.Language.str()});
  Line.push_back(I.Name.str());
}

int Driver::compile(const Input &Source, StringRef Object) const {
  Words Line = C.compiler();
  for (const Argument &A : C.arguments()) {
    if (&A == Source.Where)
      appendInput(Source, Line);
    else if (!A.isAny({OPT_INPUT, OPT_x, OPT_o, OPT__DASH_DASH}) && !isForLinker(A))
      llvm::append_range(Line, C.words(A));
  }
  if (C.goal() == Goal::Program) {
    Line.push_back("-c");
    addDependencyNames(Source, Line);
  }
  if (!Object.empty())
    llvm::append_range(Line, Words{"-o", Object.str()});
  if (isOff()) {
    // The serial program may include weave/weave.h too, and its directives are nothing to warn of.
    llvm::append_range(Line, Files.includeFlags());
    Line.push_back("-Wno-unknown-pragmas");
    return runProcess(Line);
  }
  const Command One(Line, C.warnings(), C.openMP());
  const Input *Unit = One.unit();
  if (!Unit)
    return warnOfUnwoven(One) ? 1 : runProcess(Line);
  return makeRereadable(*Unit) ? compileUnit(One, mentionIn(One, *Unit), Files) : 1;
}

/// The object file is temporary: dependencies are the program's, and the file that lists them lies beside it.
void Driver::addDependencyNames(const Input &Source, Words &Line) const {
  if (!C.has(OPT_MD) && !C.has(OPT_MMD))
    return;
  const StringRef Output = C.namedOutput();
  const StringRef Program = Output.empty() ? StringRef("a.out") : Output;
  if (!C.has(OPT_MT) && !C.has(OPT_MQ))
    llvm::append_range(Line, Words{"-MT", Program.str()});
  if (!C.has(OPT_MF)) {
    llvm::SmallString<128> File(path::parent_path(Program));
    path::append(File, path::stem(Source.Name) + ".d");
    llvm::append_range(Line, Words{"-MF", File.str().str()});
  }
}

int Driver::compileEach() const {
  if (C.inputs().size() > 1 && !C.namedOutput().empty())
    return fail(CommandError::several_outputs);
  for (const Input &Source : C.inputs())
    if (const int Status = compile(Source, C.namedOutput()))
      return Status;
  return 0;
}

int Driver::compileAndLink() const {
  const Words Runtime = C.has(OPT_r) ? Words{"-pthread"} : runtime();
  if (Runtime.empty())
    return 1;
  const HeldSignals Guard;
  TemporaryDirectory Directory;
  if (!Directory.create())
    return 1;

  Words Link = C.compiler();
  auto Next = C.inputs().begin();
  for (const Argument &A : C.arguments()) {
    if (Next == C.inputs().end() || &A != Next->Where) {
      if (!A.isAny({OPT_M_Group, OPT_x, OPT__DASH_DASH})) // which concern one object file each
        llvm::append_range(Link, C.words(A));
      continue;
    }
    const Input &Source = *Next++;
    if (!isWoven(Source)) {
      if (!isOff() && warnOfUnwoven(C, Source))
        return 1;
      appendInput(Source, Link);
      if (!Source.Language.empty())
        llvm::append_range(Link, Words{"-x", "none"});
      continue;
    }
    llvm::SmallString<128> Object(Directory.path());
    path::append(Object, llvm::utostr(A.First) + "-" + path::stem(Source.Name) + ".o");
    if (const int Status = compile(Source, Object))
      return Status;
    Link.push_back(Object.str().str());
  }
  llvm::append_range(Link, Runtime);
  return runProcess(Link);
}

int Driver::run() {
  if (!isOff() && warnOfSecondRuntime(C))
    return 1;
  const bool Compiles = C.goal() >= Goal::Assembler || (C.goal() == Goal::Precompile && C.has(OPT__precompile));
  if (!Compiles || llvm::none_of(C.inputs(), isWoven))
    return plain();
  for (const Input &Source : C.inputs())
    if (isWoven(Source) && replacesSource(C.namedOutput(), Source.Name))
      return 1;
  return C.goal() == Goal::Program ? compileAndLink() : compileEach();
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
  Words Line = Compiler;
  llvm::append_range(Line, Arguments);
  const Command C(Line);
  return C.good() ? Driver(C, Files).run() : 1;
}

} // namespace weave
