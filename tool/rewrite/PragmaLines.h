// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Where text goes that belongs in front of a statement with pragmas of others: in front of these.
#ifndef WEAVE_TOOL_REWRITE_PRAGMALINES_H
#define WEAVE_TOOL_REWRITE_PRAGMALINES_H

#include "pragma/Directive.h"
#include "pragma/UserPragmas.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/DenseSet.h"

namespace clang {
class LangOptions;
}

namespace weave {

/// A pragma such as `GCC ivdep` or `omp simd` says something of the statement behind it, so that nothing may come
/// between them; and since nothing may stand in front of it on its line either, what belongs there goes behind the token
/// before. Files are read as text, for the compiler may take another branch of a conditional than Clang did.
class PragmaLines {
public:
  PragmaLines(const clang::SourceManager &SM, const clang::LangOptions &Language, const DirectiveTable &Table,
              const UserPragmas &Pragmas);

  struct Place {
    clang::SourceLocation At; ///< Invalid: nothing precedes the pragmas in this file.
    bool NeedsSpace = false;  ///< It is behind a token.
  };
  /// In front of the token or the directive at `Loc`, a place in a file.
  Place inFrontOf(clang::SourceLocation Loc);

private:
  using Offset = unsigned;
  /// What precedes a pragma.
  struct Anchor {
    enum class Kind { Nothing, Token, Directive, Operator } Is = Kind::Nothing;
    Offset At = 0; ///< Where the token ends, or the other begins.
  };
  /// From the first pragma behind a token or a directive to the next one.
  struct Run {
    Offset Begin, End;
    Anchor Before;
  };
  class Scanner;

  const std::vector<Run> &runsOf(clang::FileID File);

  const clang::SourceManager &SM;
  const clang::LangOptions &Language;
  const UserPragmas &Pragmas;
  llvm::DenseSet<clang::SourceLocation> Directives; ///< Those in whose place something stands.
  llvm::DenseMap<clang::FileID, std::vector<Run>> Files;
};

} // namespace weave

#endif
