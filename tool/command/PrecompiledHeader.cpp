// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "command/PrecompiledHeader.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using llvm::StringRef;

namespace weave {

/// Clang looks for these beside a header that the command line includes.
static bool hasPrecompiledForm(StringRef Header) {
  return llvm::sys::fs::exists(Header + ".pch") || llvm::sys::fs::exists(Header + ".gch");
}

Words withHeadersAsText(llvm::ArrayRef<std::string> Arguments, size_t &Keep) {
  Words Result;
  size_t Kept = Keep;
  const auto All = readArguments(Arguments);
  for (size_t I = 0; I < All.size(); ++I) {
    const Argument &A = All[I];
    if (A.First == Keep)
      Kept = Result.size();
    if (A.is("-Xclang") && A.Value == "-include-pch") {
      I += I + 1 < All.size() && All[I + 1].is("-Xclang"); // -Xclang FILE; the header itself is included as well
    } else if (A.is("-include-pch")) {
      const StringRef Header = A.Value.drop_back(llvm::sys::path::extension(A.Value).size());
      if (llvm::sys::fs::exists(Header))
        llvm::append_range(Result, Words{"-Xclang", "-include", "-Xclang", Header.str()});
    } else if (A.is("-include") && hasPrecompiledForm(A.Value)) {
      llvm::append_range(Result, Words{"-Xclang", "-include", "-Xclang", A.Value.str()});
    } else {
      llvm::append_range(Result, Arguments.slice(A.First, A.Count));
    }
  }
  Keep = Kept;
  return Result;
}

} // namespace weave
