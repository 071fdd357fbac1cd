// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The handler of `#pragma weave` and of `#pragma omp`: characters to tokens to a Directive in the table, and its
// annotation into the token stream.
#ifndef WEAVE_TOOL_PRAGMA_HANDLER_H
#define WEAVE_TOOL_PRAGMA_HANDLER_H

#include "pragma/Directive.h"
#include "clang/Lex/Pragma.h"
#include <memory>

namespace clang {
class PPCallbacks;
}

namespace weave {

class Diagnostics;

/// Whether a file was found where system headers are. What merely is included from one is none: CMake includes all that it
/// precompiles from a file that calls itself a system header.
bool isSystemHeader(clang::FileEntryRef File, const clang::Preprocessor &PP);
bool isInSystemHeader(clang::SourceLocation Where, const clang::Preprocessor &PP);

/// Registered for the word, not for a namespace of pragmas: an unknown word in one would be ignored in silence.
///
/// It runs when the line is lexed, long before the statement is parsed, and keeps nothing but the table. The one
/// exception is `depends_on` on its own line, whose operands wait for the directive that the very next line must hold.
class Handler : public clang::PragmaHandler {
public:
  enum class Language { Weave, OpenMP };

  Handler(Language Of, DirectiveTable &Table, const Diagnostics &Diags)
      : PragmaHandler(Of == Language::Weave ? "weave" : "omp"), Of(Of), Table(Table), Diags(Diags) {}

  void HandlePragma(clang::Preprocessor &PP, clang::PragmaIntroducer Introducer, clang::Token &Name) override;

private:
  /// True if a statement can follow; reports if it cannot.
  bool checkFollower(clang::Preprocessor &PP, const Directive &D, bool &Wrap);

  const Language Of;
  DirectiveTable &Table;
  const Diagnostics &Diags;
  llvm::SmallVector<DependOperand, 4> Waiting;
};

/// Puts a handler in the place of Clang's own for the same word, which its parser registers behind every other.
std::unique_ptr<clang::PPCallbacks> replaceHandler(clang::Preprocessor &PP, clang::PragmaHandler &By);

} // namespace weave

#endif
