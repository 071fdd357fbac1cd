// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "command/Doctor.h"
#include "Diagnostics.h"
#include "command/Command.h"
#include "command/Driver.h"
#include "command/Installation.h"
#include "command/Launcher.h"
#include "command/Process.h"
#include "command/Temporary.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"

using llvm::StringRef;
namespace path = llvm::sys::path;

namespace weave {

// Plain, it needs the compiler and its library alone.
static constexpr llvm::StringLiteral Program = R"(#ifdef __WEAVE__
#include <weave/weave.h>
#endif
#include <cstdio>
int main() {
  long sum = 0;
#pragma weave parallel_for reduction(+: sum)
  for (int i = 0; i < 1000; ++i)
    sum += i;
#ifdef __WEAVE__
  std::printf("%-24s%u\n", "workers", weave::num_workers());
#endif
  return sum != 499500;
}
)";

static void say(StringRef What, StringRef Found) {
  llvm::outs() << llvm::formatv("{0,-24}{1}\n", What, Found);
  llvm::outs().flush(); // in front of what the programs print
}

static std::string in(const TemporaryDirectory &Directory, StringRef Name) {
  llvm::SmallString<128> Path(Directory.path());
  path::append(Path, Name);
  return Path.str().str();
}

static bool write(StringRef File, StringRef Text) {
  std::error_code Error;
  llvm::raw_fd_ostream Out(File, Error);
  Out << Text;
  Out.close();
  if (!Error)
    Error = Out.error();
  if (!Error)
    return true;
  Out.clear_error();
  fail(CommandError::cannot_write, File, Error.message());
  return false;
}

int runDoctor(const Installation &Files) {
  say("weavec", WEAVE_VERSION);
  if (!Files.hasHeaders())
    return 1;
  say("headers", Files.IncludeDirectory);
  say("headers of Clang", Files.ResourceDirectory);
  if (!Files.hasLibrary())
    return 1;
  say("runtime", Files.Library);
  const Words Compiler = compilerBehindDriver();
  if (Compiler.empty())
    return 1;
  say("compiler", llvm::join(Compiler, " ") + " (" + *llvm::sys::findProgramByName(Compiler[0]) + ")");

  const HeldSignals Guard;
  TemporaryDirectory Directory;
  if (!Directory.create())
    return 1;
  const std::string Source = in(Directory, "doctor.cpp"), Plain = in(Directory, "plain"),
                    Woven = in(Directory, "woven");
  if (!write(Source, Program))
    return 1;
  Words Line = Compiler;
  llvm::append_range(Line, Words{"-std=c++17", "-Wno-unknown-pragmas", Source, "-o", Plain});
  if (runProcess(Line) != 0 || runProcess({Plain}) != 0)
    return fail(CommandError::sick_compiler, llvm::join(Compiler, " "));
  say("a plain program", "compiles and runs");
  if (runDriver({"-std=c++17", Source, "-o", Woven}, Files) != 0)
    return fail(CommandError::sick_weaving, llvm::join(Compiler, " "));
  if (runProcess({Woven}) != 0)
    return fail(CommandError::sick_program);
  say("a woven program", isOff() ? "is serial, since WEAVE is 'off'" : "compiles and runs");
  return 0;
}

} // namespace weave
