// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a stretch of code certainly reads and writes, by name. The opposite of Mutation, which errs on the side of a write.
#ifndef WEAVE_TOOL_ANALYSIS_ACCESSES_H
#define WEAVE_TOOL_ANALYSIS_ACCESSES_H

#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>
#include <string>

namespace clang {
class ASTContext;
class Expr;
class Stmt;
class ValueDecl;
} // namespace clang

namespace weave {

/// A variable, or a member or element of one that the text names. Nothing behind a pointer but the members of `this`.
struct Place {
  /// A member, an element of an array or of a vector; or, of a container, what is not its elements.
  struct Step {
    enum class Kind { Member, Element, Header } What;
    const void *Member = nullptr;
    uint64_t Index = 0;
    bool operator==(const Step &) const = default;
  };
  const clang::ValueDecl *Variable = nullptr; ///< Null: `this`.
  llvm::SmallVector<Step, 2> Path = {};
  std::string Name = {}; ///< As the user would write it.

  /// Whether the two certainly have bytes in common.
  bool overlaps(const Place &Other) const;
};

struct DirectAccess {
  Place What;
  bool Writes; ///< And perhaps reads, as `+=` does.
  bool Conditional; ///< Not on every way through the stretch.
  clang::SourceLocation Where;
  const clang::Expr *Writer; ///< The assignment or the increment, or null.
};

struct AccessList {
  llvm::SmallVector<DirectAccess, 8> Accesses;
  /// The stretch uses an atomic, a lock, or something named like one: what it does may be ordered by that.
  bool Synchronises = false;
  /// It calls a function of the library that waits for tasks, or asks whether they are done.
  bool WaitsForTasks = false;
};

/// Only accesses that are in the text itself and certain to be made, given that control comes by: of scalars, and of
/// classes of the standard library whose operations are known. Does not look into lambdas.
AccessList collectAccesses(const clang::Stmt &Region, const clang::ASTContext &Context);

/// The place that an lvalue names, if its text tells.
std::optional<Place> placeOf(const clang::Expr &Lvalue, const clang::ASTContext &Context);

/// The place that references whose text tells what they are bound to stand for.
Place throughReferences(Place What, const clang::ASTContext &Context);

/// The value of a condition that the text alone decides.
std::optional<bool> constantCondition(const clang::Expr *Condition, const clang::ASTContext &Context);

} // namespace weave

#endif
