// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "pragma/InjectedErrors.h"
#include "Diagnostics.h"
#include "pragma/Injection.h"
#include "clang/AST/PrettyPrinter.h"
#include "clang/AST/Type.h"
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

/// Hands a message of ours on in place of one of Clang's.
void InjectedErrors::say(DiagnosticsEngine::Level Level, const Diagnostic &Instead, SourceLocation At, Diag What,
                         ArrayRef<std::string> Arguments, ArrayRef<FixItHint> Mends) {
  std::string Text;
  for (StringRef Rest = words(What); !Rest.empty();) {
    const auto [Plain, Behind] = Rest.split('%'); // in these messages, only arguments have one
    Text += Plain;
    Rest = Behind;
    if (!Rest.empty()) {
      Text += Arguments[Rest.front() - '0'];
      Rest = Rest.drop_front();
    }
  }
  DiagnosticStorage Storage;
  Storage.FixItHints.append(Mends.begin(), Mends.end());
  Next->HandleDiagnostic(Level, Diagnostic(Instead.getDiags(), At, Instead.getID(), Storage, Text));
}

/// The serial program has to declare what only a clause names in the parallel one.
void InjectedErrors::offerHandle(const Diagnostic &Info) {
  if (Info.getID() != diag::err_undeclared_var_use && Info.getID() != diag::err_undeclared_var_use_suggest)
    return;
  const SourceManager &SM = Info.getSourceManager();
  const SourceLocation At = SM.getFileLoc(Info.getLocation());
  for (const Directive &D : Table)
    if (D.Handle && D.Handle->Tokens.size() == 1 && SM.getFileLoc(D.Handle->Location) == At) {
      const std::string Declaration = "weave::handle " + D.Handle->Text + ";";
      say(DiagnosticsEngine::Note, Info, At, Diag::handle_undeclared, Declaration,
          FixItHint::CreateInsertion(D.Begin, Declaration + "\n"));
    }
}

/// The reduction whose operator Clang does not find for the type of its variable.
const Reduction *InjectedErrors::withoutOperator(const Diagnostic &Info) const {
  if (!llvm::is_contained({unsigned(diag::err_typecheck_invalid_operands), unsigned(diag::err_ovl_no_viable_oper),
                           unsigned(diag::err_ovl_ambiguous_oper_binary), unsigned(diag::err_ovl_deleted_oper),
                           unsigned(diag::err_typecheck_logical_vector_expr_gnu_cpp_restrict)},
                          Info.getID()) ||
      !Info.hasSourceManager())
    return nullptr;
  const SourceLocation At = Info.getSourceManager().getFileLoc(Info.getLocation());
  for (const Directive &D : Table)
    for (const Reduction &R : D.Reductions)
      if (!R.Function && R.Variable.Location == At)
        return &R;
  return nullptr;
}

void InjectedErrors::reportOperator(const Diagnostic &Info, const Reduction &R) {
  const std::string &Name = R.Variable.Text;
  PrintingPolicy Policy{LangOptions()};
  Policy.SuppressTagKeyword = true;
  QualType Type;
  for (unsigned I = 0; I < Info.getNumArgs() && Type.isNull(); ++I)
    if (Info.getArgKind(I) == DiagnosticsEngine::ak_qualtype)
      Type = QualType::getFromOpaquePtr(reinterpret_cast<void *>(Info.getRawArg(I)));
  if (!Type.isNull() && Type->isArrayType())
    say(DiagnosticsEngine::Error, Info, R.Variable.Location, Diag::reduced_array, Name);
  else if (Type.isNull() || Type->isFunctionType())
    say(DiagnosticsEngine::Error, Info, R.Variable.Location, Diag::reduced_function, Name);
  else
    say(DiagnosticsEngine::Error, Info, R.Variable.Location, Diag::no_operator,
        {Type.getUnqualifiedType().getAsString(Policy), operatorOf(R.Op).str(), Name});
}

/// What a reduction names is injected more than once.
bool InjectedErrors::isRepeated(const Diagnostic &Info) {
  if (DiagnosticIDs::IsCustomDiag(Info.getID()) || !Info.hasSourceManager() || Info.getLocation().isInvalid())
    return false;
  const SourceLocation At = Info.getSourceManager().getFileLoc(Info.getLocation());
  const auto IsThere = [&](const Token &T) { return T.getLocation() == At; };
  const auto Names = [&](const Reduction &R) { return llvm::any_of(R.Variable.Tokens, IsThere); };
  const auto HasReduction = [&](const Directive &D) { return llvm::any_of(D.Reductions, Names); };
  return llvm::any_of(Table, HasReduction) && !SaidOfReductions.insert({At, Info.getID()}).second;
}

/// How it came to an instantiation; the candidates that a note lists are nobody's business.
static bool leadsThere(const Diagnostic &Note) {
  return llvm::is_contained({unsigned(diag::note_function_template_spec_here),
                             unsigned(diag::note_template_member_function_here),
                             unsigned(diag::note_template_class_instantiation_here)},
                            Note.getID());
}

void InjectedErrors::HandleDiagnostic(DiagnosticsEngine::Level Level, const Diagnostic &Info) {
  if (Level == DiagnosticsEngine::Note && Swallowing && !(HasOperatorError && leadsThere(Info)))
    return;
  if (Level != DiagnosticsEngine::Note) {
    SawClangError |= Level >= DiagnosticsEngine::Error && !DiagnosticIDs::IsCustomDiag(Info.getID());
    const bool IsRepeated = Level >= DiagnosticsEngine::Error && isRepeated(Info);
    const Reduction *R = Level >= DiagnosticsEngine::Error && !IsRepeated ? withoutOperator(Info) : nullptr;
    HasOperatorError = R;
    Swallowing = R || IsRepeated || (Level >= DiagnosticsEngine::Error && isAtDirective(Info));
    if (R) {
      reportOperator(Info, *R);
    } else if (Swallowing && !IsRepeated) {
      if (const SourceLocation At = Info.getSourceManager().getFileLoc(Info.getLocation()); Said.insert(At).second)
        say(Level, Info, At, Diag::not_attached);
    }
  }
  if (!Swallowing || Level == DiagnosticsEngine::Note) {
    Next->HandleDiagnostic(Level, Info);
    offerHandle(Info);
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
