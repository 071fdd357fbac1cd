// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "command/Launcher.h"
#include "Diagnostics.h"
#include "command/Identity.h"
#include "command/InputText.h"
#include "command/Installation.h"
#include "command/ModuleUnit.h"
#include "command/Precheck.h"
#include "command/Process.h"
#include "command/WovenCompile.h"
#include "clang/Options/Options.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Process.h"

using namespace clang::options;
using llvm::StringRef;

namespace weave {

static std::string switchValue() { return llvm::sys::Process::GetEnv("WEAVE").value_or(""); }

bool isOff() { return switchValue() == "off"; }

bool checkSwitch() {
  const std::string Value = switchValue();
  if (Value.empty() || Value == "on" || Value == "off")
    return true;
  fail(CommandError::bad_switch, Value);
  return false;
}

/// Whether the unit has to do with modules of gcc's, which Clang cannot read.
static bool needsGccModules(const Command &C) {
  if (!C.usesGccModules())
    return false;
  const auto Text = readInput(*C.unit());
  const ModuleUnit Module(Text ? Text->getBuffer() : "");
  return Module.IsModule || Module.Imports;
}

int compileUnit(const Command &C, Mention Mentioned, const Installation &Files) {
  if (Mentioned == Mention::None)
    return runProcess(C.given());
  if (!Files.hasHeaders())
    return 1;
  if (Mentioned == Mention::Word)
    return runProcess(C.with(Files.compileFlags(C.openMP())));
  if (needsGccModules(C))
    return Mentioned == Mention::Pragma ? fail(CommandError::gcc_modules, C.unit()->Name) : runProcess(C.given());
  return compileWoven(C, Files);
}

static CommandWarning reasonFor(const Command &C, const Input &Source) {
  switch (Source.Kind) {
  case InputKind::Preprocessed:
    return CommandWarning::preprocessed_text;
  case InputKind::Dialect:
    return CommandWarning::other_language;
  case InputKind::HeaderUnit:
    return CommandWarning::header_unit;
  default:
    return C.goal() == Goal::Tree ? CommandWarning::syntax_tree : CommandWarning::several_steps;
  }
}

bool warnOfUnwoven(const Command &C, const Input &Source) {
  // A precompiled header is read as text again where it must be woven.
  if (Source.Kind == InputKind::Other || Source.Kind == InputKind::Header || C.goal() < Goal::Tree)
    return false;
  return makeRereadable(Source) && mentionIn(C, Source) == Mention::Pragma &&
         warn(C.warnings(), reasonFor(C, Source), Source.Name);
}

bool warnOfUnwoven(const Command &C) {
  bool IsError = false;
  for (const Input &Source : C.inputs())
    IsError |= warnOfUnwoven(C, Source);
  return IsError;
}

bool warnOfSecondRuntime(const Command &C) {
  if (!C.openMP() || C.goal() != Goal::Program)
    return false;
  return llvm::any_of(C.arguments(), [&](const Argument &A) {
    const bool IsRuntime = A.is(OPT_l) && (A.value() == "gomp" || A.value() == "omp" || A.value() == "iomp5");
    return IsRuntime && warn(C.warnings(), CommandWarning::second_runtime, "-l" + A.value().str());
  });
}

/// Whether a compiler cache in front of the tool asks: it compares preprocessed texts.
static bool isForCache(const Command &C) {
  return C.goal() == Goal::Preprocess && llvm::sys::Process::GetEnv("CCACHE_DISABLE") && C.inputs().size() == 1 &&
         C.inputs()[0].Kind != InputKind::Other;
}

int runLauncher(llvm::ArrayRef<std::string> Line, const Installation &Files) {
  const Command C(Line);
  if (!C.good())
    return 1;
  if (isForCache(C) && Files.hasHeaders())
    return replaceProcess(C.with(identityFlags(C, Files)));
  if (isOff())
    return replaceProcess(C.given());
  if (const Input *Unit = C.unit()) {
    if (!makeRereadable(*Unit))
      return 1;
    const Mention Mentioned = mentionIn(C, *Unit);
    return Mentioned == Mention::None ? replaceProcess(C.given()) : compileUnit(C, Mentioned, Files);
  }
  return warnOfUnwoven(C) || warnOfSecondRuntime(C) ? 1 : replaceProcess(C.given());
}

} // namespace weave
