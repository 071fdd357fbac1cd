// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What Clang says about the tokens that the tool injected, in words that the user can understand.
#ifndef WEAVE_TOOL_PRAGMA_INJECTEDERRORS_H
#define WEAVE_TOOL_PRAGMA_INJECTEDERRORS_H

#include "Diagnostics.h"
#include "pragma/Directive.h"
#include "clang/Basic/Diagnostic.h"
#include "llvm/ADT/DenseSet.h"

namespace weave {

/// Stands in front of the real consumer. An error of Clang at the very place of a directive can only mean that no
/// statement could stand there; the operands keep their own places.
class InjectedErrors : public clang::DiagnosticConsumer {
public:
  InjectedErrors(std::unique_ptr<clang::DiagnosticConsumer> Next, const DirectiveTable &Table)
      : Next(std::move(Next)), Table(Table) {}

  /// Whether Clang itself found an error, so that the syntax tree may have holes.
  bool sawClangError() const { return SawClangError; }

  void BeginSourceFile(const clang::LangOptions &Language, const clang::Preprocessor *PP) override {
    Next->BeginSourceFile(Language, PP);
  }
  void EndSourceFile() override;
  void finish() override;
  void clear() override;
  bool IncludeInDiagnosticCounts() const override { return Next->IncludeInDiagnosticCounts(); }
  void HandleDiagnostic(clang::DiagnosticsEngine::Level Level, const clang::Diagnostic &Info) override;

private:
  void say(clang::DiagnosticsEngine::Level Level, const clang::Diagnostic &Instead, clang::SourceLocation At, Diag What,
           llvm::ArrayRef<std::string> Arguments = {}, llvm::ArrayRef<clang::FixItHint> Mends = {});
  void offerHandle(const clang::Diagnostic &Info);
  const Reduction *reductionAt(const clang::Diagnostic &Info) const;
  bool sayOfReduction(const clang::Diagnostic &Info, const Reduction &R);
  void sayOperator(const clang::Diagnostic &Info, const Reduction &R);
  void sayResult(const clang::Diagnostic &Info, const Reduction &R);
  bool isAtDirective(const clang::Diagnostic &Info) const;
  bool isRepeated(const clang::Diagnostic &Info);
  void countAsNext() {
    NumErrors = Next->getNumErrors();
    NumWarnings = Next->getNumWarnings();
  }

  std::unique_ptr<clang::DiagnosticConsumer> Next;
  const DirectiveTable &Table;
  llvm::DenseSet<clang::SourceLocation> Said;
  llvm::DenseSet<clang::SourceLocation> SaidOfReductions;
  bool SawClangError = false;
  bool Swallowing = false;      ///< The notes of an error that was replaced.
  bool SaidOfReduction = false; ///< It was about a reduction.
};

} // namespace weave

#endif
