// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a stretch of code certainly reads and writes, by name. The opposite of Mutation, which errs on the side of a
// write.
#ifndef WEAVE_TOOL_ANALYSIS_ACCESSES_H
#define WEAVE_TOOL_ANALYSIS_ACCESSES_H

#include "analysis/Places.h"
#include "clang/Basic/SourceLocation.h"

namespace clang {
class ASTContext;
class CXXForRangeStmt;
class CallExpr;
class Expr;
class Stmt;
} // namespace clang

namespace weave {

/// A condition that the stretch tests, and its value on the way to something.
struct Condition {
  const clang::Expr *Tested;
  bool Holds;
};
using Conditions = llvm::SmallVector<Condition, 1>;

struct DirectAccess {
  Place What;
  bool Writes;      ///< And perhaps reads, as `+=` does.
  bool Conditional; ///< Not on every way through the stretch.
  clang::SourceLocation Where;
  const clang::Expr *Writer;           ///< The assignment, the increment, or the call of a member, or null.
  Conditions Under = {};               ///< Not all that it depends on: no jumps, no loops that may not begin.
  bool Suspected = false;              ///< A function may do so, by its signature.
  /// What the text names, of which the place may be the referent; null of `this`.
  const clang::ValueDecl *Named = nullptr;
  clang::SourceLocation InCallee = {}; ///< Where a function that is called at `Where` does so, if one does.

  /// Whether what it writes depends on what was there.
  bool updates() const;
};

/// An access to an element of an array, a vector or what a pointer points to, whose index is no constant.
struct ElementAccess {
  Place Base; ///< What the first index is applied to.
  bool ThroughPointer;
  llvm::SmallVector<const clang::Expr *, 2> Indices; ///< From the left to the right.
  DirectAccess As;                                   ///< With no place.
};

/// A call whose callee is known.
struct KnownCall {
  const clang::CallExpr *Call;
  bool Conditional;
  Conditions Under;
};

struct AccessList {
  llvm::SmallVector<DirectAccess, 8> Accesses;
  llvm::SmallVector<ElementAccess, 4> Elements;
  llvm::SmallVector<KnownCall, 8> Calls;
  /// The stretch uses an atomic, a lock, or something named like one: what it does may be ordered by that.
  bool Synchronises = false;
  /// It calls a function of the library that waits for tasks, or asks whether they are done.
  bool WaitsForTasks = false;
};

/// Only accesses that are in the text itself and certain to be made, given that control comes by: of scalars, and of
/// classes of the standard library whose operations are known. Does not look into lambdas.
AccessList collectAccesses(const clang::Stmt &Region, const clang::ASTContext &Context);

/// The range whose elements a loop reads itself, since its variable is a copy or a reference to const; or null.
const clang::Expr *rangeRead(const clang::CXXForRangeStmt &Loop);

/// The value of a condition that the text alone decides.
std::optional<bool> constantCondition(const clang::Expr *Condition, const clang::ASTContext &Context);

} // namespace weave

#endif
