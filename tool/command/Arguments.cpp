// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "command/Arguments.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"

using llvm::StringRef;

namespace weave {

/// Options whose value may be the rest of the word or the next word.
static constexpr StringRef JoinedOrSeparate[] = {"-o",       "-I",        "-D",       "-U",      "-x",
                                                 "-L",       "-l",        "-isystem", "-iquote", "-idirafter",
                                                 "-imacros", "-isysroot", "-MF",      "-MT",     "-MQ"};
/// Options whose value is the next word.
static constexpr StringRef Separate[] = {"-include",
                                         "-iprefix",
                                         "-iwithprefix",
                                         "-iwithprefixbefore",
                                         "-Xlinker",
                                         "-Xassembler",
                                         "-Xpreprocessor",
                                         "-Xclang",
                                         "-Xanalyzer",
                                         "-mllvm",
                                         "-arch",
                                         "-target",
                                         "-framework",
                                         "--param",
                                         "-aux-info",
                                         "-dumpbase",
                                         "-dumpbase-ext",
                                         "-dumpdir",
                                         "-ivfsoverlay",
                                         "-include-pch",
                                         "-resource-dir",
                                         "--sysroot",
                                         "-gcc-toolchain",
                                         "-wrapper",
                                         "-specs",
                                         "-B",
                                         "-T",
                                         "-u",
                                         "-F",
                                         "-A",
                                         "-z",
                                         "-e"};

llvm::SmallVector<Argument> readArguments(llvm::ArrayRef<std::string> All) {
  llvm::SmallVector<Argument> Result;
  for (size_t I = 0; I < All.size();) {
    const StringRef Word = All[I];
    const bool HasNext = I + 1 < All.size();
    Argument A{Word, "", I, 1};
    if (Word == "-" || !Word.starts_with("-")) {
      A = {"", Word, I, 1};
    } else if (llvm::is_contained(Separate, Word) || llvm::is_contained(JoinedOrSeparate, Word)) {
      if (HasNext)
        A = {Word, All[I + 1], I, 2};
    } else {
      for (StringRef Name : JoinedOrSeparate)
        if (Word.starts_with(Name))
          A = {Name, Word.substr(Name.size()), I, 1};
    }
    Result.push_back(A);
    I += A.Count;
  }
  return Result;
}

Words expandResponseFiles(llvm::ArrayRef<std::string> All) {
  if (llvm::none_of(All, [](StringRef Word) { return Word.starts_with("@"); }))
    return All.vec();
  llvm::BumpPtrAllocator Allocator;
  llvm::SmallVector<const char *> Expanded;
  for (const std::string &Word : All)
    Expanded.push_back(Word.c_str());
  llvm::cl::ExpansionContext Context(Allocator, llvm::cl::TokenizeGNUCommandLine);
  if (llvm::Error Error = Context.expandResponseFiles(Expanded))
    llvm::consumeError(std::move(Error)); // the compiler will say so
  return Words(Expanded.begin(), Expanded.end());
}

Words CompileCommand::words() const {
  Words All = Compiler;
  llvm::append_range(All, Arguments);
  return All;
}

size_t countCompilerWords(llvm::ArrayRef<std::string> Command) {
  if (Command.size() < 2)
    return Command.size();
  const StringRef Name = llvm::sys::path::filename(Command[0]);
  const bool IsLauncher =
      llvm::StringSwitch<bool>(Name).Cases({"ccache", "sccache", "distcc", "icecc"}, true).Default(false);
  return IsLauncher && !StringRef(Command[1]).starts_with("-") ? 2 : 1;
}

CompilerFamily familyOf(StringRef Compiler) {
  const auto Tell = [](StringRef Path) -> std::optional<CompilerFamily> {
    const StringRef Name = llvm::sys::path::filename(Path);
    if (Name.contains("clang"))
      return CompilerFamily::Clang;
    if (Name.contains("g++") || Name.contains("gcc"))
      return CompilerFamily::Other;
    return std::nullopt;
  };
  if (auto Family = Tell(Compiler))
    return *Family;
  // c++ and cc are links to the real one.
  llvm::SmallString<256> Real;
  if (auto Path = llvm::sys::findProgramByName(Compiler); Path && !llvm::sys::fs::real_path(*Path, Real))
    return Tell(Real).value_or(CompilerFamily::Other);
  return CompilerFamily::Other;
}

bool isCxxSource(StringRef Compiler, StringRef Input, StringRef Language) {
  if (!Language.empty() && Language != "none")
    return Language == "c++";
  const StringRef Extension = llvm::sys::path::extension(Input);
  if (Extension == ".c") // which g++ and clang++ take for C++
    return llvm::sys::path::filename(Compiler).contains("++");
  return llvm::is_contained(llvm::ArrayRef<StringRef>{".cpp", ".cc", ".cxx", ".c++", ".cp", ".C", ".CPP", ".CC"},
                            Extension);
}

bool stopsEarly(const Argument &A) {
  return llvm::is_contained(llvm::ArrayRef<StringRef>{"-E", "-M", "-MM", "-fsyntax-only", "-###", "--analyze",
                                                      "--precompile", "-emit-ast", "-fdirectives-only"},
                            A.Option);
}

std::optional<CompileCommand> readCompileCommand(llvm::ArrayRef<std::string> Command) {
  const size_t CompilerWords = countCompilerWords(Command);
  if (CompilerWords == 0)
    return std::nullopt;
  CompileCommand Result;
  Result.Compiler = Command.take_front(CompilerWords).vec();
  Result.Arguments = expandResponseFiles(Command.drop_front(CompilerWords));
  const std::string &Compiler = Result.Compiler.back();
  bool Compiles = false;
  std::optional<size_t> Source;
  StringRef Language;
  for (const Argument &A : readArguments(Result.Arguments)) {
    if (A.isInput()) {
      if (Source || A.Value == "-" || !isCxxSource(Compiler, A.Value, Language))
        return std::nullopt;
      Source = A.First;
    } else if (A.is("-x")) {
      Language = A.Value;
    } else if (A.is("-c") || A.is("-S")) {
      Compiles = true;
      Result.Assembles &= !A.is("-S");
    } else if (A.is("-o")) {
      Result.Output = A.Value.str();
    } else if (stopsEarly(A)) {
      return std::nullopt;
    }
  }
  if (!Compiles || !Source)
    return std::nullopt;
  Result.SourceWord = *Source;
  Result.Family = familyOf(Compiler);
  return Result;
}

Words compiledSources(llvm::ArrayRef<std::string> Command) {
  const size_t CompilerWords = countCompilerWords(Command);
  const Words Arguments = expandResponseFiles(Command.drop_front(CompilerWords));
  Words Sources;
  StringRef Language;
  for (const Argument &A : readArguments(Arguments)) {
    if (stopsEarly(A))
      return {};
    if (A.is("-x"))
      Language = A.Value;
    else if (A.isInput() && A.Value != "-" && isCxxSource(Command[CompilerWords - 1], A.Value, Language))
      Sources.push_back(A.Value.str());
  }
  return Sources;
}

std::string CompileCommand::output() const {
  return Output.empty() ? (llvm::sys::path::stem(source()) + (Assembles ? ".o" : ".s")).str() : Output;
}

} // namespace weave
