// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the words of a compiler command mean, for g++ and clang++ alike.
#ifndef WEAVE_TOOL_COMMAND_ARGUMENTS_H
#define WEAVE_TOOL_COMMAND_ARGUMENTS_H

#include "WarningOptions.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>
#include <vector>

namespace weave {

using Words = std::vector<std::string>;

/// One option with its value, or one input file.
struct Argument {
  llvm::StringRef Option; ///< Without its value; empty for an input.
  llvm::StringRef Value;  ///< Of the option, or the name of the input.
  size_t First, Count;    ///< The words that it consists of.

  bool isInput() const { return Option.empty(); }
  bool is(llvm::StringRef Name) const { return Option == Name; }
};

/// Reads all words. The result refers to them.
llvm::SmallVector<Argument> readArguments(llvm::ArrayRef<std::string> All);

/// The words with response files put in place of `@file`.
Words expandResponseFiles(llvm::ArrayRef<std::string> All);

enum class CompilerFamily { Clang, Other };

/// A command that compiles exactly one C++ source.
struct CompileCommand {
  Words Compiler;  ///< The compiler, after its own launcher if there is one.
  Words Arguments; ///< All the rest.
  CompilerFamily Family;
  size_t SourceWord; ///< Of Arguments.
  std::string Output;     ///< Of -o.
  bool Assembles = true;  ///< False for -S.
  WarningOptions Warnings;

  const std::string &source() const { return Arguments[SourceWord]; }
  /// The file that the compiler writes.
  std::string output() const;
  Words words() const;
};

/// Separates the compiler from its arguments: the first word, or the second behind a launcher such as ccache.
size_t countCompilerWords(llvm::ArrayRef<std::string> Command);
CompilerFamily familyOf(llvm::StringRef Compiler);

/// Whether the compiler takes an input for C++ source, given the last `-x` before it.
bool isCxxSource(llvm::StringRef Compiler, llvm::StringRef Input, llvm::StringRef Language);

/// Whether the option makes of a compile something that yields no machine code.
bool stopsEarly(const Argument &A);

/// Nothing if the command is anything but the compilation of one C++ source to an object or assembler file.
std::optional<CompileCommand> readCompileCommand(llvm::ArrayRef<std::string> Command);

/// The C++ sources of which the command makes machine code.
Words compiledSources(llvm::ArrayRef<std::string> Command);

} // namespace weave

#endif
