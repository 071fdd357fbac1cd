// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Diagnostics.h"
#include "llvm/Support/WithColor.h"
#include <cerrno> // program_invocation_short_name

using namespace clang;

namespace weave {

namespace {
struct Entry {
  DiagnosticIDs::Level Level;
  llvm::StringLiteral Text;
};
} // namespace

static constexpr Entry Entries[] = {
#define DIAGNOSTIC(ID, LEVEL, TEXT) {DiagnosticIDs::LEVEL, TEXT},
#include "diagnostics.def"
};

static constexpr const char *CommandFormats[] = {
#define COMMAND_ERROR(ID, TEXT) TEXT,
#include "diagnostics.def"
};

Diagnostics::Diagnostics(DiagnosticsEngine &Engine) : Engine(Engine) {
  DiagnosticIDs &IDs = *Engine.getDiagnosticIDs();
  for (auto [Number, Entry] : llvm::zip_equal(Numbers, Entries))
    Number = IDs.getCustomDiagID(Entry.Level, Entry.Text);
}

StringRef words(Diag What) { return Entries[static_cast<unsigned>(What)].Text; }

const char *format(CommandError What) { return CommandFormats[static_cast<unsigned>(What)]; }

void printCommandError(const llvm::formatv_object_base &Message) {
  llvm::WithColor::error(llvm::errs(), program_invocation_short_name) << Message << '\n';
}

} // namespace weave
