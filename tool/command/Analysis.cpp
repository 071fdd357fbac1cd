// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "command/Analysis.h"
#include "command/Installation.h"
#include "command/PrecompiledHeader.h"
#include "clang/Options/Options.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Option/OptTable.h"

using llvm::StringRef;

namespace weave {

static bool isForOutput(const Argument &A) {
  static constexpr StringRef Names[] = {"-c",           "-S",
                                        "-o",           "-MD",
                                        "-MMD",         "-MP",
                                        "-MG",          "-MF",
                                        "-MT",          "-MQ",
                                        "-MV",          "-v",
                                        "-dumpbase",    "-dumpbase-ext",
                                        "-dumpdir",     "-aux-info",
                                        "-wrapper",     "-specs",
                                        "-Xassembler",  "-Xlinker",
                                        "-L",           "-l",
                                        "-pipe",        "-emit-llvm",
                                        "-fsyntax-only",
                                        "-time"};
  return llvm::is_contained(Names, A.Option) || A.Option.starts_with("-save-temps") ||
         A.Option.starts_with("-fplugin") || A.Option.starts_with("-Wl,") || A.Option.starts_with("-Wa,") ||
         A.Option.starts_with("-specs=") || A.Option.starts_with("-gsplit-dwarf") ||
         A.Option.starts_with("-ftime-trace") || A.Option.starts_with("-fmodule");
}

/// -Wp,-MD,file and its like produce dependencies; -Wp,-DX=Y defines a macro.
static void addPreprocessorOption(StringRef Joined, Words &Result) {
  if (!Joined.starts_with("-Wp,-M"))
    Result.push_back(Joined.str());
}

/// Drops what Clang's driver does not know: gcc's own options.
static void dropUnknown(Words &All) {
  std::vector<const char *> Pointers;
  for (const std::string &Word : All)
    Pointers.push_back(Word.c_str());
  unsigned MissingIndex, MissingCount;
  const auto Parsed =
      clang::getDriverOptTable().ParseArgs(llvm::ArrayRef(Pointers).drop_front(), MissingIndex, MissingCount,
                                           llvm::opt::Visibility(clang::options::ClangOption));
  llvm::SmallVector<unsigned> Unknown;
  for (const llvm::opt::Arg *A : Parsed.filtered(clang::options::OPT_UNKNOWN))
    Unknown.push_back(A->getIndex() + 1);
  for (unsigned Index : llvm::reverse(Unknown))
    All.erase(All.begin() + Index);
}

Words analysisArguments(llvm::ArrayRef<std::string> Given, StringRef Source, const Installation &Files) {
  size_t Ignored = 0;
  const Words Arguments = withHeadersAsText(Given, Ignored);
  Words Result{defaultCompiler().str()};
  const auto All = readArguments(Arguments);
  for (size_t I = 0; I < All.size(); ++I) {
    const Argument &A = All[I];
    if (A.is("-Xclang")) {
      // -Xclang -load -Xclang FILE
      if (A.Value == "-load" || A.Value == "-add-plugin" || A.Value == "-plugin") {
        if (I + 1 < All.size() && All[I + 1].is("-Xclang"))
          ++I;
        continue;
      }
    } else if (A.Option.starts_with("-Wp,")) {
      addPreprocessorOption(A.Option, Result);
      continue;
    } else if (A.isInput() ? A.Value == Source : isForOutput(A) || A.Option.starts_with("-W") || A.is("-w")) {
      continue;
    }
    llvm::append_range(Result, llvm::ArrayRef(Arguments).slice(A.First, A.Count));
  }
  dropUnknown(Result);
  llvm::append_range(Result, Words{"-w", "-fsyntax-only", "-Wno-error", "-resource-dir", resourceDirectory().str(),
                                   "-include", "weave/woven.h"});
  llvm::append_range(Result, Files.compileFlags());
  if (llvm::none_of(All, [](const Argument &A) { return A.is("-x"); }))
    llvm::append_range(Result, Words{"-x", "c++"});
  Result.push_back(Source.str());
  return Result;
}

} // namespace weave
