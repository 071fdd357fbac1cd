// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "pragma/InjectedErrors.h"
#include "Diagnostics.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace weave {

bool InjectedErrors::isAtDirective(const Diagnostic &Info) const {
  if (DiagnosticIDs::IsCustomDiag(Info.getID()) || !Info.hasSourceManager() || Info.getLocation().isInvalid())
    return false;
  const SourceLocation At = Info.getSourceManager().getFileLoc(Info.getLocation());
  return llvm::any_of(Table, [&](const Directive &D) { return D.Begin == At; });
}

void InjectedErrors::HandleDiagnostic(DiagnosticsEngine::Level Level, const Diagnostic &Info) {
  if (Level == DiagnosticsEngine::Note && Swallowing)
    return;
  SawClangError |= Level >= DiagnosticsEngine::Error && !DiagnosticIDs::IsCustomDiag(Info.getID());
  Swallowing = Level >= DiagnosticsEngine::Error && isAtDirective(Info);
  if (!Swallowing) {
    Next->HandleDiagnostic(Level, Info);
  } else if (const SourceLocation At = Info.getSourceManager().getFileLoc(Info.getLocation()); Said.insert(At).second) {
    const DiagnosticStorage NoArguments{};
    Next->HandleDiagnostic(Level,
                           Diagnostic(Info.getDiags(), At, Info.getID(), NoArguments, words(Diag::not_attached)));
  }
  countAsNext();
}

void InjectedErrors::EndSourceFile() {
  Next->EndSourceFile();
  countAsNext();
}

void InjectedErrors::finish() {
  Next->finish();
  countAsNext();
}

void InjectedErrors::clear() {
  Next->clear();
  DiagnosticConsumer::clear();
}

} // namespace weave
