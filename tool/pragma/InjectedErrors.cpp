// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "pragma/InjectedErrors.h"
#include "Diagnostics.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Sema/SemaDiagnostic.h"

using namespace clang;

namespace weave {

bool InjectedErrors::isAtDirective(const Diagnostic &Info) const {
  if (DiagnosticIDs::IsCustomDiag(Info.getID()) || !Info.hasSourceManager() || Info.getLocation().isInvalid())
    return false;
  const SourceLocation At = Info.getSourceManager().getFileLoc(Info.getLocation());
  return llvm::any_of(Table, [&](const Directive &D) { return D.Begin == At; });
}

/// The serial program has to declare what only a clause names in the parallel one.
void InjectedErrors::offerHandle(const Diagnostic &Info) {
  if (Info.getID() != diag::err_undeclared_var_use && Info.getID() != diag::err_undeclared_var_use_suggest)
    return;
  const SourceManager &SM = Info.getSourceManager();
  const SourceLocation At = SM.getFileLoc(Info.getLocation());
  for (const Directive &D : Table)
    if (D.Handle && D.Handle->Tokens.size() == 1 && SM.getFileLoc(D.Handle->Location) == At) {
      DiagnosticStorage Mend;
      Mend.FixItHints.push_back(FixItHint::CreateInsertion(D.Begin, "weave::handle " + D.Handle->Text + ";\n"));
      Next->HandleDiagnostic(DiagnosticsEngine::Note,
                             Diagnostic(Info.getDiags(), At, Info.getID(), Mend, words(Diag::handle_undeclared)));
    }
}

void InjectedErrors::HandleDiagnostic(DiagnosticsEngine::Level Level, const Diagnostic &Info) {
  if (Level == DiagnosticsEngine::Note && Swallowing)
    return;
  SawClangError |= Level >= DiagnosticsEngine::Error && !DiagnosticIDs::IsCustomDiag(Info.getID());
  Swallowing = Level >= DiagnosticsEngine::Error && isAtDirective(Info);
  if (!Swallowing) {
    Next->HandleDiagnostic(Level, Info);
    offerHandle(Info);
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
