// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Diagnostics as a SARIF 2.1.0 document, for editors and code review services.
#ifndef WEAVE_TOOL_COMMAND_SARIF_H
#define WEAVE_TOOL_COMMAND_SARIF_H

#include "clang/Basic/Diagnostic.h"
#include "llvm/Support/JSON.h"

namespace weave {

class Diagnostics;

class SarifReport : public clang::DiagnosticConsumer {
public:
  void HandleDiagnostic(clang::DiagnosticsEngine::Level Level, const clang::Diagnostic &Info) override;

  /// The document, with the names that `Diags` gives to our messages.
  llvm::json::Value finishDocument(const Diagnostics &Diags);

private:
  struct Result {
    unsigned Message;
    llvm::json::Object Text;
  };
  std::vector<Result> Results;
};

} // namespace weave

#endif
