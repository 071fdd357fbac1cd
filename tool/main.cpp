// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// weavec: launcher and transformer. weave++, the same executable under another name: compiler driver.
#include "Diagnostics.h"
#include "command/Command.h"
#include "command/Doctor.h"
#include "command/Driver.h"
#include "command/Installation.h"
#include "command/Launcher.h"
#include "command/Transform.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace weave;

static constexpr llvm::StringLiteral Help = R"(weavec: turns #pragma weave into parallel C++

  weavec COMPILER ARGUMENT...
      Compiles as COMPILER would, the source woven first. Commands that do not
      compile one C++ source, and sources without directives, go to the compiler
      as they are.
  weavec --emit SOURCE [-o FILE] [-- FLAG...]
      Writes the woven text of SOURCE to FILE, or to standard output.
  weavec --serial SOURCE [-o FILE] [-- FLAG...]
      The same for the serial projection: SOURCE without its directives.
  weavec --check [--diagnostics-format=sarif] SOURCE [-- FLAG...]
      Only reports what is wrong with the directives.
  weavec --explain FILE:LINE [SOURCE] [-- FLAG...]
      Says what becomes of the directive on that line, and why. SOURCE includes
      FILE if that is a header.
  weavec --doctor
      Says whether the installation works: what was found where, and whether a
      woven program compiles and runs.
  weavec --version, weavec --help

-Wweave-NAME, -Wno-weave-NAME and -Werror=weave-NAME choose among the tool's
warnings, -Rweave says of every task what it captures and why.

-fweave-openmp in a command, or in front of the compiler in one, makes
'#pragma omp' the tool's, and so does -fopenmp with WEAVE_OPENMP=on in the
environment.

WEAVE=off in the environment makes weavec and weave++ leave every source alone.
)";

static void printVersion() {
  llvm::outs() << "weavec " WEAVE_VERSION " (annotation language 1, Clang " LLVM_VERSION_STRING ")\n";
}

int main(int Count, char **Values) {
  const Words All(Values, Values + Count);
  const Installation Files(Values[0]);
  if (!checkSwitch() || !checkOpenMPSwitch())
    return 1;
  if (llvm::sys::path::filename(All[0]).contains("++"))
    return runDriver(llvm::ArrayRef(All).drop_front(), Files);

  const llvm::ArrayRef<std::string> Arguments = llvm::ArrayRef(All).drop_front();
  const llvm::StringRef First = Arguments.empty() ? llvm::StringRef("--help") : llvm::StringRef(Arguments[0]);
  if (First == "--help" || First == "-h") {
    (Arguments.empty() ? llvm::errs() : llvm::outs()) << Help;
    return Arguments.empty() ? 2 : 0;
  }
  if (First == "--version") {
    printVersion();
    return 0;
  }
  if (First == "--doctor")
    return runDoctor(Files);
  if (First == "--emit")
    return emitText(Arguments.drop_front(), Files, /*Serial=*/false);
  if (First == "--serial")
    return emitText(Arguments.drop_front(), Files, /*Serial=*/true);
  if (First == "--explain")
    return explainLine(Arguments.drop_front(), Files);
  if (First == "--check")
    return checkOnly(Arguments.drop_front(), Files);
  if (First == OpenMPOption && Arguments.size() > 1) { // of the launcher: the command is the same for who else reads it
    Words Line = Arguments.drop_front().vec();
    Line.push_back(First.str());
    return runLauncher(Line, Files);
  }
  if (First.starts_with("-")) {
    fail(CommandError::unknown_option, First, "weavec");
    return 2;
  }
  if (inputKind(First, "", /*IsCxxDriver=*/true) == InputKind::Source) {
    fail(CommandError::source_as_compiler, First);
    return 2;
  }
  return runLauncher(Arguments, Files);
}
