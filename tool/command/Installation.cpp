// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "command/Installation.h"
#include "Diagnostics.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Program.h"

using llvm::SmallString;
using llvm::StringRef;
namespace path = llvm::sys::path;

namespace weave {

static std::string below(StringRef Directory, StringRef Rest) {
  SmallString<256> Path(Directory);
  path::append(Path, Rest);
  return Path.str().str();
}

static bool hasClangHeaders(StringRef Directory) { return llvm::sys::fs::exists(Directory + "/include/stddef.h"); }

static int Anchor; // its address tells where the executable is

Installation::Installation(const char *Executable) {
  const std::string Self = llvm::sys::fs::getMainExecutable(Executable, &Anchor);
  Prefix = path::parent_path(path::parent_path(Self)).str();

  const std::string Installed = below(Prefix, "include");
  IncludeDirectory = llvm::sys::fs::exists(below(Installed, "weave/weave.h")) ? Installed : WEAVE_BUILD_INCLUDE_DIR;
  // The copy that was installed first: a machine that only uses the tool need not have LLVM.
  ResourceDirectory = below(Prefix, WEAVE_LIBRARY_DIR_NAME "/weave/clang");
  if (!hasClangHeaders(ResourceDirectory))
    ResourceDirectory = WEAVE_RESOURCE_DIR;
  for (const std::string &Directory :
       {below(Prefix, WEAVE_LIBRARY_DIR_NAME), below(Prefix, "lib"), std::string(WEAVE_BUILD_LIBRARY_DIR)}) {
    Library = below(Directory, "libweave.a");
    if (llvm::sys::fs::exists(Library))
      return;
  }
  Library.clear();
}

bool Installation::hasHeaders() const {
  if (!hasClangHeaders(ResourceDirectory)) {
    fail(CommandError::no_clang_headers, below(Prefix, WEAVE_LIBRARY_DIR_NAME "/weave/clang"), WEAVE_RESOURCE_DIR);
    return false;
  }
  if (llvm::sys::fs::exists(below(IncludeDirectory, "weave/weave.h")))
    return true;
  fail(CommandError::no_headers, below(Prefix, "include"), WEAVE_BUILD_INCLUDE_DIR);
  return false;
}

bool Installation::hasLibrary() const {
  if (!Library.empty())
    return true;
  fail(CommandError::no_runtime, below(Prefix, WEAVE_LIBRARY_DIR_NAME), WEAVE_BUILD_LIBRARY_DIR);
  return false;
}

Words Installation::includeFlags() const {
  // A system directory: a user's warnings are for the user's code. But given as one, this would come in front of the
  // library's own, which finds the C headers behind itself; compilers ignore it behind -I.
  return IncludeDirectory == "/usr/include" ? Words{"-I" + IncludeDirectory} : Words{"-isystem", IncludeDirectory};
}

Words Installation::compileFlags(bool OpenMP) const {
  Words Flags = includeFlags();
  if (OpenMP) // our omp.h comes in front of the compiler's
    Flags.insert(Flags.begin(), {"-D__WEAVE_OPENMP__=1", "-isystem", below(IncludeDirectory, "weave/openmp")});
  Flags.insert(Flags.begin(), "-D__WEAVE__=1");
  return Flags;
}

// A program holds the runtime and shows it to the libraries that it loads; a library refers to that which is shared.
Words Installation::linkFlags(bool MakesLibrary) const {
  const StringRef Directory = path::parent_path(Library);
  if (!MakesLibrary)
    return {Library, "-Xlinker", "--dynamic-list=" + below(Directory, "libweave.exports"), "-pthread"};
  Words Flags{"-Xlinker", "--push-state", "-Xlinker", "--as-needed", below(Directory, "libweave-shared.so"), "-Xlinker", "--pop-state", "-pthread"};
  if (!Directory.starts_with("/usr/lib")) // there the loader looks anyway
    Flags.insert(Flags.end(), {"-Xlinker", "-rpath", "-Xlinker", Directory.str()});
  return Flags;
}

static bool isProgram(StringRef Name) {
  const auto Found = llvm::sys::findProgramByName(Name); // which takes a path as it is
  return Found && llvm::sys::fs::can_execute(*Found);
}

Words compilerBehindDriver() {
  const std::string Chosen = llvm::sys::Process::GetEnv("WEAVE_CXX").value_or("");
  Words Result;
  llvm::SmallVector<StringRef> Parts;
  StringRef(Chosen).split(Parts, ' ', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  for (StringRef Part : Parts)
    Result.push_back(Part.str());
  const bool FromEnvironment = !Result.empty();
  if (!FromEnvironment) // a machine that only uses the tool need not have the compiler that it was built beside
    Result = {isProgram(WEAVE_DEFAULT_CXX) ? WEAVE_DEFAULT_CXX : "c++"};
  if (!isProgram(Result[0])) {
    fail(CommandError::no_compiler, Result[0],
         FromEnvironment ? "($WEAVE_CXX) cannot be run" : "(the default) is not installed");
    return {};
  }
  return Result;
}

StringRef defaultCompiler() { return WEAVE_DEFAULT_CXX; }

} // namespace weave
