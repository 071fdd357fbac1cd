// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The tool's messages, by identifier. The words are in diagnostics.def.
#ifndef WEAVE_TOOL_DIAGNOSTICS_H
#define WEAVE_TOOL_DIAGNOSTICS_H

#include "WarningOptions.h"
#include "clang/Basic/Diagnostic.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/Support/FormatVariadic.h"
#include <array>

namespace weave {

enum class Diag : unsigned {
#define DIAGNOSTIC(ID, LEVEL, TEXT) ID,
#include "diagnostics.def"
  Count
};

/// Reports messages about the user's source through Clang's engine.
class Diagnostics {
public:
  Diagnostics(clang::DiagnosticsEngine &Engine, const WarningOptions &Options);

  clang::DiagnosticBuilder report(clang::SourceLocation Where, Diag What) const {
    return Engine.Report(Where, Numbers[static_cast<unsigned>(What)]);
  }
  /// `weave-GROUP` for a warning of ours, `weave-NAME` for any other message of ours, `clang` for one of Clang's.
  std::string ruleOf(unsigned Number) const;
  bool anyError() const { return Engine.hasErrorOccurred(); }

private:
  clang::DiagnosticsEngine &Engine;
  std::array<unsigned, static_cast<unsigned>(Diag::Count)> Numbers;
};

/// The words of a message that takes no arguments.
llvm::StringRef words(Diag What);

enum class CommandError : unsigned {
#define COMMAND_ERROR(ID, TEXT) ID,
#include "diagnostics.def"
};

enum class CommandWarning : unsigned {
#define COMMAND_WARNING(ID, GROUP, TEXT) ID,
#include "diagnostics.def"
};

const char *format(CommandError What);
const char *format(CommandWarning What);
/// Writes `weavec: error: ...` (or weave++) to standard error.
void printCommandError(const llvm::formatv_object_base &Message);
/// The same for a warning, as the options want it. Returns whether it is an error.
bool printCommandWarning(const WarningOptions &Options, CommandWarning What, const llvm::formatv_object_base &Message);

/// Reports what is wrong with the command line or with a file. Returns the exit status.
template <class... Args> int fail(CommandError What, Args &&...Arguments) {
  printCommandError(llvm::formatv(false, format(What), std::forward<Args>(Arguments)...));
  return 1;
}

/// Warns of the command line or of a file. Returns whether the warning is an error.
template <class... Args> bool warn(const WarningOptions &Options, CommandWarning What, Args &&...Arguments) {
  return printCommandWarning(Options, What, llvm::formatv(false, format(What), std::forward<Args>(Arguments)...));
}

} // namespace weave

#endif
