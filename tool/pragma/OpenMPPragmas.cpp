// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "pragma/OpenMPPragmas.h"
#include "Diagnostics.h"
#include "pragma/Handler.h"
#include "pragma/Lookahead.h"
#include "pragma/Vocabulary.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"

using namespace clang;

namespace weave {

namespace {

class Recorder : public PPCallbacks {
public:
  Recorder(const Preprocessor &PP, std::vector<IgnoredPragma> &Into) : PP(PP), Into(Into) {}

  void PragmaDirective(SourceLocation Where, PragmaIntroducerKind Introducer) override {
    if (Introducer != PIK_HashPragma || isInSystemHeader(Where, PP))
      return;
    const auto Words = peek(PP, Where, 4); // # pragma omp DIRECTIVE
    const auto Is = [&](unsigned I, StringRef Word) {
      return Words[I].is(tok::raw_identifier) && Words[I].getRawIdentifier() == Word;
    };
    if (Is(2, "omp") && Words[3].is(tok::raw_identifier) && !Is(3, "simd") && !Is(3, "declare"))
      Into.push_back({Where, Words[3].getRawIdentifier().str()});
  }

private:
  const Preprocessor &PP;
  std::vector<IgnoredPragma> &Into;
};

} // namespace

std::unique_ptr<PPCallbacks> recordIgnoredPragmas(const Preprocessor &PP, std::vector<IgnoredPragma> &Into) {
  const LangOptions &Language = PP.getLangOpts();
  if (Language.OpenMP && !Language.OpenMPSimd)
    return std::make_unique<PPCallbacks>();
  return std::make_unique<Recorder>(PP, Into);
}

void warnOfIgnoredPragmas(const std::vector<IgnoredPragma> &Found, const Diagnostics &Diags) {
  for (const IgnoredPragma &Pragma : Found) {
    const StringRef Advice = adviceOnDirective(Pragma.Directive);
    Diags.report(Pragma.Where, Diag::ignored_openmp) << Pragma.Directive << !Advice.empty() << Advice;
  }
}

} // namespace weave
