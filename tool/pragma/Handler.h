// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The one handler of `#pragma weave`: characters to tokens to a Directive in the table, and its annotation into the
// token stream.
#ifndef WEAVE_TOOL_PRAGMA_HANDLER_H
#define WEAVE_TOOL_PRAGMA_HANDLER_H

#include "pragma/Directive.h"
#include "clang/Lex/Pragma.h"

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
  Handler(DirectiveTable &Table, const Diagnostics &Diags) : PragmaHandler("weave"), Table(Table), Diags(Diags) {}

  void HandlePragma(clang::Preprocessor &PP, clang::PragmaIntroducer Introducer, clang::Token &Name) override;

private:
  /// True if a statement can follow; reports if it cannot.
  bool checkFollower(clang::Preprocessor &PP, const Directive &D, bool &Wrap);

  DirectiveTable &Table;
  const Diagnostics &Diags;
  llvm::SmallVector<DependOperand, 4> Waiting;
};

} // namespace weave

#endif
