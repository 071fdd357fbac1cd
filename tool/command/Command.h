// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A command for g++ or clang++, read once: by Clang's table of options, and a small one of those that only gcc has.
#ifndef WEAVE_TOOL_COMMAND_COMMAND_H
#define WEAVE_TOOL_COMMAND_COMMAND_H

#include "WarningOptions.h"
#include "command/InputKind.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Option/Arg.h"
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace weave {

using Words = std::vector<std::string>;

/// Which options there are besides those that all compilers share.
enum class CompilerFamily { Clang, Other };

/// One option with its values, or one input.
struct Argument {
  std::unique_ptr<llvm::opt::Arg> Parsed;
  size_t First, Count; ///< The words that it consists of.

  /// Whether it is this option, under whatever spelling, or of this group.
  bool is(llvm::opt::OptSpecifier Option) const { return Parsed->getOption().matches(Option); }
  bool isAny(std::initializer_list<unsigned> Options) const;
  llvm::StringRef value() const { return Parsed->getNumValues() ? Parsed->getValue() : ""; }
  /// The option as it was spelled.
  llvm::StringRef spelling() const { return Parsed->getSpelling(); }
};

struct Input {
  const Argument *Where;
  llvm::StringRef Name, Language; ///< The language as `-x` named it, or empty.
  InputKind Kind;
};

/// The last thing that the command does with a source.
enum class Goal {
  Answer,     ///< Prints something about the compiler.
  Preprocess, ///< -E, -M
  Check,      ///< -fsyntax-only, --analyze
  Tree,       ///< -emit-ast
  Precompile, ///< A header or a module.
  Assembler,
  Object,
  Program,
};

class Command {
public:
  /// `Line`: the compiler, after its own launchers (ccache) if there are any, and its arguments. Our own warning
  /// options are taken out of it, and come behind those of `Outer`, the command that this one is a part of.
  explicit Command(llvm::ArrayRef<std::string> Line, const WarningOptions &Outer = {}, bool OpenMP = false);

  /// False, after a message, if one of our own options is wrong.
  bool good() const { return Good; }

  const Words &compiler() const { return Compiler; }
  /// The whole command as it was given, but for our own options.
  const Words &given() const { return Given; }
  llvm::ArrayRef<Argument> arguments() const { return All; }
  llvm::ArrayRef<Input> inputs() const { return Inputs; }
  const WarningOptions &warnings() const { return Warnings; }
  /// Whether `#pragma omp` is the tool's. The compiler is told so, and not to link a runtime of its own.
  bool openMP() const { return OpenMP; }
  CompilerFamily family() const { return Family; }
  Goal goal() const { return Aim; }

  bool has(llvm::opt::OptSpecifier Option) const { return last(Option); }
  const Argument *last(llvm::opt::OptSpecifier Option) const;
  /// Whether gcc is told to read or to write modules, which Clang cannot read.
  bool usesGccModules() const { return GccModules; }
  llvm::StringRef namedOutput() const;

  /// The only input, if the command makes one file of one C++ source: an object, assembler text or a compiled module.
  const Input *unit() const;
  /// What the compiler writes of the unit.
  std::string unitOutput() const;

  llvm::ArrayRef<std::string> words(const Argument &A) const { return llvm::ArrayRef(Read).slice(A.First, A.Count); }
  /// The compiler and the arguments. `Replace` may append other words in place of an argument's, and say so by
  /// returning true. `Behind` comes after all options.
  Words rewritten(llvm::function_ref<bool(const Argument &, Words &)> Replace,
                  llvm::ArrayRef<std::string> Behind) const;
  Words with(llvm::ArrayRef<std::string> Behind) const;

private:
  void parse();
  void classify();

  Words Compiler, Given;
  Words Read; ///< The arguments without the wrapping of -Wp and response files.
  std::vector<Argument> All;
  std::vector<Input> Inputs;
  WarningOptions Warnings;
  CompilerFamily Family = CompilerFamily::Other;
  Goal Aim = Goal::Program;
  bool Good = true, GccModules = false, OpenMP = false;
};

/// Asks for it.
inline constexpr llvm::StringLiteral OpenMPOption = "-fweave-openmp";

/// The environment variable WEAVE_OPENMP: whether -fopenmp is for the tool. False, after a message, if it makes no
/// sense.
bool checkOpenMPSwitch();

/// The words with response files put in place of `@file`.
Words expandResponseFiles(llvm::ArrayRef<std::string> All);

} // namespace weave

#endif
