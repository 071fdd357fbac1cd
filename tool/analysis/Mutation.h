// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Which variables a stretch of code writes.
//
// One walk for all variables of a stretch; Clang's ExprMutationAnalyzer walks once for each reference to each variable,
// which is too slow for nested tasks. It need not be exact: a variable taken for written is borrowed, and one wrongly
// taken for read is const in the closure, so that the compiler objects on the user's line.
#ifndef WEAVE_TOOL_ANALYSIS_MUTATION_H
#define WEAVE_TOOL_ANALYSIS_MUTATION_H

#include "llvm/ADT/SmallPtrSet.h"

namespace clang {
class Stmt;
class ValueDecl;
} // namespace clang

namespace weave {

class Mutation {
public:
  Mutation(const clang::Stmt &Region, bool IsDependent);

  /// Whether the stretch may write the variable. In a template a call may be unresolved, and nothing tells what it does
  /// to its arguments: a scalar counts as written there only if the text assigns it, takes its address, or binds a
  /// reference to it.
  bool isWritten(const clang::ValueDecl &V) const;
  /// As above, but in a template only what the text shows, whatever the type.
  bool isAssigned(const clang::ValueDecl &V) const { return (IsDependent ? Assigned : Exposed).contains(&V); }

  /// Whether the stretch does anything to the variable but read its value. Unlike the above it counts the arguments of
  /// unresolved calls.
  bool isExposed(const clang::ValueDecl &V) const { return Exposed.contains(&V); }

private:
  bool IsDependent;
  /// Used in any way but to read the value or to bind a reference to const.
  llvm::SmallPtrSet<const clang::ValueDecl *, 8> Exposed;
  llvm::SmallPtrSet<const clang::ValueDecl *, 8> Assigned; ///< Only filled for dependent code.
};

/// The variables of a function that something else may write than the plain statements of its own body: their address
/// or a reference is taken, or a lambda or a task writes them.
llvm::SmallPtrSet<const clang::ValueDecl *, 8> findShared(const clang::Stmt &Body);

} // namespace weave

#endif
