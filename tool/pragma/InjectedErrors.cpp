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

/// Whether Clang says that a scalar cannot be assigned a value, which it says where the value begins.
static bool isAboutScalar(const Diagnostic &Info) {
  return llvm::is_contained(
      {unsigned(diag::err_typecheck_convert_incompatible), unsigned(diag::err_typecheck_convert_incompatible_pointer),
       unsigned(diag::err_typecheck_convert_int_pointer), unsigned(diag::err_typecheck_convert_pointer_int)},
      Info.getID());
}

/// The reduction whose variable, or the result for it, stands where Clang found an error.
const Reduction *InjectedErrors::reductionAt(const Diagnostic &Info) const {
  if (DiagnosticIDs::IsCustomDiag(Info.getID()) || !Info.hasSourceManager() || Info.getLocation().isInvalid())
    return nullptr;
  const SourceLocation At = Info.getSourceManager().getFileLoc(Info.getLocation());
  for (const Directive &D : Table)
    for (const Reduction &R : D.Reductions)
      if (R.Variable.Location == At || (R.Function && R.Function->Location == At && isAboutScalar(Info)))
        return &R;
  return nullptr;
}

/// The first type that a message of Clang's names.
static QualType firstType(const Diagnostic &Info) {
  for (unsigned I = 0; I < Info.getNumArgs(); ++I)
    if (Info.getArgKind(I) == DiagnosticsEngine::ak_qualtype)
      return QualType::getFromOpaquePtr(reinterpret_cast<void *>(Info.getRawArg(I)));
  return {};
}

/// Without what the injected text makes of the type.
static QualType asWritten(QualType Type) {
  for (;;) {
    if (const auto *Made = Type->getAs<UnaryTransformType>())
      Type = Made->getUnderlyingType();
    else if (const auto *Made = Type->getAs<DecltypeType>())
      Type = Made->getUnderlyingType();
    else if (Type->isReferenceType())
      Type = Type.getNonReferenceType();
    else
      return Type;
  }
}

void InjectedErrors::sayOperator(const Diagnostic &Info, const Reduction &R) {
  const std::string &Name = R.Variable.Text;
  PrintingPolicy Policy{LangOptions()};
  Policy.SuppressTagKeyword = true;
  const QualType Type = firstType(Info);
  if (Type.isNull() || Type->isFunctionType())
    say(DiagnosticsEngine::Error, Info, R.Variable.Location, Diag::reduced_function, Name);
  else
    say(DiagnosticsEngine::Error, Info, R.Variable.Location, Diag::no_operator,
        {asWritten(Type).getUnqualifiedType().getAsString(Policy), operatorOf(R.Op).str(), Name});
}

void InjectedErrors::sayResult(const Diagnostic &Info, const Reduction &R) {
  if (R.Op == ReductionOp::Minimum || R.Op == ReductionOp::Maximum)
    return say(DiagnosticsEngine::Error, Info, R.Variable.Location, Diag::reduced_unassignable,
               {R.Variable.Text, R.Op == ReductionOp::Minimum ? "min" : "max"});
  say(DiagnosticsEngine::Error, Info, R.Variable.Location, Diag::reduced_result,
      {R.Variable.Text, R.Function ? R.Function->Text : ("operator" + operatorOf(R.Op)).str()});
}

/// Says what is wrong with a reduction. False: Clang said something else about its variable.
bool InjectedErrors::sayOfReduction(const Diagnostic &Info, const Reduction &R) {
  if (isAboutScalar(Info)) {
    sayResult(Info, R);
    return true;
  }
  switch (Info.getID()) {
  case diag::err_typecheck_invalid_operands:
  case diag::err_ovl_ambiguous_oper_binary:
  case diag::err_typecheck_logical_vector_expr_gnu_cpp_restrict:
    sayOperator(Info, R);
    return true;
  case diag::err_ovl_deleted_oper:
    Info.getArgCStr(0) == StringRef("=") ? sayResult(Info, R) : sayOperator(Info, R);
    return true;
  case diag::err_ovl_no_viable_oper: // only of an assignment
  case diag::err_ovl_deleted_special_oper:
    sayResult(Info, R);
    return true;
  case diag::err_ovl_no_viable_function_in_call:
    if (R.Identity)
      say(DiagnosticsEngine::Error, Info, R.Variable.Location, Diag::bad_identity, {R.Variable.Text, R.Identity->Text});
    else
      say(DiagnosticsEngine::Error, Info, R.Variable.Location, Diag::no_identity, R.Variable.Text);
    return true;
  default:
    return false;
  }
}

/// What a reduction names is injected more than once.
bool InjectedErrors::isRepeated(const Diagnostic &Info) {
  if (DiagnosticIDs::IsCustomDiag(Info.getID()) || !Info.hasSourceManager() || Info.getLocation().isInvalid())
    return false;
  const SourceLocation At = Info.getSourceManager().getFileLoc(Info.getLocation());
  const auto IsThere = [&](const Token &T) { return T.getLocation() == At; };
  const auto Names = [&](const Reduction &R) { return llvm::any_of(R.Variable.Tokens, IsThere); };
  const auto HasReduction = [&](const Directive &D) { return llvm::any_of(D.Reductions, Names); };
  return llvm::any_of(Table, HasReduction) && !SaidOfReductions.insert(At).second;
}

/// How it came to an instantiation; the candidates that a note lists are nobody's business.
static bool leadsThere(const Diagnostic &Note) {
  return llvm::is_contained({unsigned(diag::note_function_template_spec_here),
                             unsigned(diag::note_template_member_function_here),
                             unsigned(diag::note_template_class_instantiation_here)},
                            Note.getID());
}

void InjectedErrors::HandleDiagnostic(DiagnosticsEngine::Level Level, const Diagnostic &Info) {
  if (Level == DiagnosticsEngine::Note) {
    if (!Swallowing || (SaidOfReduction && leadsThere(Info)))
      Next->HandleDiagnostic(Level, Info);
    return countAsNext();
  }
  SawClangError |= Level >= DiagnosticsEngine::Error && !DiagnosticIDs::IsCustomDiag(Info.getID());
  const bool IsError = Level >= DiagnosticsEngine::Error;
  const bool IsRepeated = IsError && isRepeated(Info);
  const Reduction *R = IsError && !IsRepeated ? reductionAt(Info) : nullptr;
  SaidOfReduction = R && sayOfReduction(Info, *R);
  Swallowing = SaidOfReduction || IsRepeated || (IsError && isAtDirective(Info));
  if (!Swallowing) {
    Next->HandleDiagnostic(Level, Info);
    offerHandle(Info);
  } else if (!SaidOfReduction && !IsRepeated) {
    if (const SourceLocation At = Info.getSourceManager().getFileLoc(Info.getLocation()); Said.insert(At).second)
      say(Level, Info, At, Diag::not_attached);
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
