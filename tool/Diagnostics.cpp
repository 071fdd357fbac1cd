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

Diagnostics::Diagnostics(DiagnosticsEngine &Engine, const WarningOptions &Options) : Engine(Engine) {
  DiagnosticIDs &IDs = *Engine.getDiagnosticIDs();
  for (auto [Number, Entry] : llvm::zip_equal(Numbers, Entries)) {
    DiagnosticIDs::Level Level = Entry.Level;
    std::string Text = Entry.Text.str();
    if (!Entry.Group.empty()) {
      Level = Options.levelOf(Entry.Group);
      Text += (Level == DiagnosticIDs::Error ? " [-Werror,-Wweave-" : " [-Wweave-") + Entry.Group.str() + "]";
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

void printCommandError(const llvm::formatv_object_base &Message) {
  llvm::WithColor::error(llvm::errs(), program_invocation_short_name) << Message << '\n';
}

} // namespace weave
