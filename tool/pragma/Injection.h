// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// How a directive reaches the syntax tree: tokens put in front of the statement, and found again on it.
//
//   [[clang::annotate("weave", N)]] STATEMENT
//   [[clang::annotate("weave", N)]] for (int __weave_once = ((void)(OPERAND), 0); __weave_once < 1; ++__weave_once)
//   STATEMENT
//   [[clang::annotate("weave", N)]] for (...) ; [[clang::annotate("weave", N)]] DECLARATION
//
// An operand in iterators is `({ TYPE j = (FIRST); (void)(OPERAND); })`. Sema checks the operands of the later forms
// and attaches the annotation, in a template's pattern too. The loop leaves an `else` that follows to whom it belongs.
#ifndef WEAVE_TOOL_PRAGMA_INJECTION_H
#define WEAVE_TOOL_PRAGMA_INJECTION_H

#include "pragma/Directive.h"
#include <optional>

namespace clang {
class Attr;
class CXXFunctionalCastExpr;
class Decl;
class Expr;
class ForStmt;
class Preprocessor;
class Stmt;
class AttributedStmt;
class DeclStmt;
class VarDecl;
} // namespace clang

namespace weave {

/// Enters the tokens for the directive with number `Index`. `Wrap`: use the loop even if there are no operands.
void injectDirective(clang::Preprocessor &PP, const Directive &D, unsigned Index, bool Wrap);

/// The operator that combines two values; not of a callable.
llvm::StringRef operatorOf(ReductionOp Op);
/// What generated code calls it.
llvm::StringRef functionOf(ReductionOp Op);

/// The number of the directive that annotates a statement (for one that declares, its first variable) or a declaration.
std::optional<unsigned> directiveOf(const clang::Stmt &S);
std::optional<unsigned> directiveOf(const clang::Decl &D);

/// Whether a variable is that of the injected loop, whose initialiser holds the operands.
bool holdsOperands(const clang::VarDecl &V);
/// The operand, if this is one of which only the value counts; else null.
const clang::Expr *operandByValue(const clang::CXXFunctionalCastExpr &E);

/// What the user wrote behind the pragma, the loop removed, and the checked operands.
struct Attachment {
  clang::Stmt *Subject;
  const clang::ForStmt *Loop; ///< The injected loop, or null.
  llvm::SmallVector<const clang::Expr *, 4> Operands;
};
Attachment attachmentOf(const clang::AttributedStmt &S);

/// The lengths and strides of the sections that depends_on names, in the order of the text, and whose they are.
llvm::SmallVector<std::pair<const Operand *, const DependOperand *>, 4> sectionNumbers(const Directive &D);

/// The checked operands of each clause. Those of `Listed` name a variable; a section of `DependsOn` stands there as its
/// first element; those of `Bounds` are the length and the first element of each section in `Reductions`, of which the
/// latter may be missing.
struct ClauseOperands {
  llvm::ArrayRef<const clang::Expr *> DependsOn, SectionNumbers, Reductions, Bounds, Combining, Awaited, Handle, Listed,
      Collapse, Grainsize;
};
ClauseOperands operandsOf(const Directive &D, const Attachment &A);

} // namespace weave

#endif
