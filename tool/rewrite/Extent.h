// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// From places in the syntax tree to places in files where text can be inserted.
#ifndef WEAVE_TOOL_REWRITE_EXTENT_H
#define WEAVE_TOOL_REWRITE_EXTENT_H

#include "clang/Basic/LangOptions.h"
#include "clang/Basic/SourceManager.h"
#include <optional>
#include <string>

namespace clang {
class Stmt;
}

namespace weave {

/// Tokens from the body of a macro can be edited only where the macro is used, so only at its first and behind its last
/// token. Tokens of a macro's argument stand in the file; but what is there only in part begins or ends with the macro.
class Extent {
public:
  Extent(const clang::SourceManager &SM, const clang::LangOptions &Language) : SM(SM), Language(Language) {}

  /// The place in front of the token at `Loc`; nothing if it is in the middle of a macro.
  std::optional<clang::SourceLocation> inFrontOf(clang::SourceLocation Loc) const;
  /// The place behind the token at `Loc`.
  std::optional<clang::SourceLocation> behind(clang::SourceLocation Loc) const;
  /// The place in front of a statement.
  std::optional<clang::SourceLocation> inFrontOfStatement(const clang::Stmt &S) const;
  /// The place behind it, its semicolon included. `Opened`: where in a file text stands that has to be closed there, so
  /// not inside of the parentheses of a macro that do not hold both.
  std::optional<clang::SourceLocation> behindStatement(const clang::Stmt &S, clang::SourceLocation Opened = {}) const;

  /// The characters of an expression in the file, from its first token to behind its last.
  std::optional<clang::CharSourceRange> characters(clang::SourceRange Tokens) const;
  /// The text of a stretch of a file without comments, on one line. Nothing if that cannot be (a raw string of several
  /// lines).
  std::optional<std::string> oneLine(clang::CharSourceRange Characters) const;

private:
  void enterArguments(clang::SourceLocation &Begin, clang::SourceLocation &End,
                      clang::SourceLocation Opened = {}) const;
  bool isOutsideOfCall(clang::SourceLocation Where, clang::SourceLocation Parameter) const;
  std::optional<clang::SourceLocation> startOf(clang::SourceLocation Begin) const;
  std::optional<clang::SourceLocation> endOf(clang::SourceLocation End, bool NeedsSemicolon) const;
  std::optional<clang::SourceLocation> semicolonBehind(clang::SourceLocation End) const;

  const clang::SourceManager &SM;
  const clang::LangOptions &Language;
};

} // namespace weave

#endif
