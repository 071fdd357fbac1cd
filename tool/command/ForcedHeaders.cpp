// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "command/ForcedHeaders.h"
#include "clang/Options/Options.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace clang::options;
using llvm::StringRef;

namespace weave {

ForcedHeaders::ForcedHeaders(const Command &C) {
  Words First, ByCompiler; // the precompiled one, and those that only Clang's inner command sees
  const auto AddPrecompiled = [&](StringRef File) {
    const StringRef Header = File.drop_back(llvm::sys::path::extension(File).size());
    if (llvm::sys::fs::exists(Header))
      First = {Header.str()};
  };
  const auto All = C.arguments();
  for (size_t I = 0; I < All.size(); ++I) {
    const Argument &A = All[I];
    if (A.is(OPT_include)) {
      Names.push_back(A.value().str());
    } else if (A.is(OPT_include_pch)) {
      AddPrecompiled(A.value());
    } else if (A.is(OPT_Xclang) && I + 1 < All.size() && All[I + 1].is(OPT_Xclang) &&
               (A.value() == "-include" || A.value() == "-include-pch")) {
      Owned.insert(&A);
      const StringRef File = All[++I].value();
      if (A.value() == "-include")
        ByCompiler.push_back(File.str());
      else
        AddPrecompiled(File);
    } else {
      continue;
    }
    Owned.insert(&All[I]);
  }
  llvm::append_range(Names, ByCompiler);
  // The header itself may be included as well.
  llvm::erase_if(Names, [&](const std::string &Name) { return llvm::is_contained(First, Name); });
  Names.insert(Names.begin(), First.begin(), First.end());
}

Words includedAsText(StringRef Header) { return {"-Xclang", "-include", "-Xclang", Header.str()}; }

} // namespace weave
