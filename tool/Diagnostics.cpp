// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Diagnostics.h"
#include "llvm/Support/WithColor.h"
#include <cerrno> // program_invocation_short_name

using namespace clang;

namespace weave {

namespace {
struct Entry {
  DiagnosticIDs::Level Level;
  llvm::StringLiteral Name, Text, Group;
};
} // namespace

static constexpr Entry Entries[] = {
#define DIAGNOSTIC(ID, LEVEL, TEXT) {DiagnosticIDs::LEVEL, #ID, TEXT, ""},
#define WARNING(ID, GROUP, TEXT) {DiagnosticIDs::Warning, #ID, TEXT, GROUP},
#include "diagnostics.def"
};

static constexpr const char *CommandFormats[] = {
#define COMMAND_ERROR(ID, TEXT) TEXT,
#include "diagnostics.def"
};

static constexpr const char *CommandWarningFormats[] = {
#define COMMAND_WARNING(ID, GROUP, TEXT) TEXT,
#include "diagnostics.def"
};

static constexpr llvm::StringLiteral CommandWarningGroups[] = {
#define COMMAND_WARNING(ID, GROUP, TEXT) GROUP,
#include "diagnostics.def"
};

/// How a warning ends.
static std::string suffix(DiagnosticIDs::Level Level, StringRef Group) {
  return (Level == DiagnosticIDs::Error ? " [-Werror,-Wweave-" : " [-Wweave-") + Group.str() + "]";
}

Diagnostics::Diagnostics(DiagnosticsEngine &Engine, const WarningOptions &Options) : Engine(Engine) {
  DiagnosticIDs &IDs = *Engine.getDiagnosticIDs();
  for (auto [Number, Entry] : llvm::zip_equal(Numbers, Entries)) {
    DiagnosticIDs::Level Level = Entry.Level;
    std::string Text = Entry.Text.str();
    if (!Entry.Group.empty()) {
      Level = Options.levelOf(Entry.Group);
      Text += suffix(Level, Entry.Group);
    } else if (Level == DiagnosticIDs::Remark) {
      Level = Options.remarks() ? Level : DiagnosticIDs::Ignored;
      Text += " [-Rweave]";
    }
    Number = IDs.getCustomDiagID(Level, Text);
  }
}

std::string Diagnostics::ruleOf(unsigned Number) const {
  for (auto [Known, Entry] : llvm::zip_equal(Numbers, Entries))
    if (Known == Number) {
      std::string Name = "weave-" + (Entry.Group.empty() ? Entry.Name : Entry.Group).str();
      std::replace(Name.begin(), Name.end(), '_', '-');
      return Name;
    }
  return "clang";
}

StringRef words(Diag What) { return Entries[static_cast<unsigned>(What)].Text; }

const char *format(CommandError What) { return CommandFormats[static_cast<unsigned>(What)]; }
const char *format(CommandWarning What) { return CommandWarningFormats[static_cast<unsigned>(What)]; }

void printCommandError(const llvm::formatv_object_base &Message) {
  llvm::WithColor::error(llvm::errs(), program_invocation_short_name) << Message << '\n';
}

bool printCommandWarning(const WarningOptions &Options, CommandWarning What, const llvm::formatv_object_base &Message) {
  const StringRef Group = CommandWarningGroups[static_cast<unsigned>(What)];
  const DiagnosticIDs::Level Level = Options.levelOf(Group);
  if (Level == DiagnosticIDs::Ignored)
    return false;
  const bool IsError = Level == DiagnosticIDs::Error;
  llvm::raw_ostream &Out = IsError ? llvm::WithColor::error(llvm::errs(), program_invocation_short_name)
                                   : llvm::WithColor::warning(llvm::errs(), program_invocation_short_name);
  Out << Message << suffix(Level, Group) << '\n';
  return IsError;
}

} // namespace weave
