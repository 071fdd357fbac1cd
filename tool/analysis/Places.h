// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the text names: variables, and their members and elements.
#ifndef WEAVE_TOOL_ANALYSIS_PLACES_H
#define WEAVE_TOOL_ANALYSIS_PLACES_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>
#include <string>

namespace clang {
class ASTContext;
class Expr;
class ValueDecl;
} // namespace clang

namespace weave {

/// A variable, or a member or element of one that the text names, or what a variable or member points to.
struct Place {
  /// A member, an element of an array or of a vector, or some element of it; of a container, what is not its elements;
  /// of a pointer, what it points to: an object there is its element 0.
  struct Step {
    enum class Kind { Member, Element, AnyElement, Header, Pointee } What;
    const void *Member = nullptr;
    uint64_t Index = 0;
    bool operator==(const Step &) const = default;
  };
  const clang::ValueDecl *Variable = nullptr; ///< Null: `this`.
  llvm::SmallVector<Step, 2> Path = {};
  std::string Name = {}; ///< As the user would write it.

  /// Whether the two certainly have bytes in common, if pointers have not changed. Some element and a certain one need
  /// not.
  bool overlaps(const Place &Other) const;
  bool isBehindPointer() const;
  /// Whether it is, or holds, a pointer that the other is behind.
  bool leadsTo(const Place &Other) const;
  /// Goes on from there, and in the name, too.
  void extend(llvm::ArrayRef<Step> Steps);
  bool isSame(const Place &Other) const { return Variable == Other.Variable && Path == Other.Path; }
};

/// The place that an lvalue names, if its text tells; nothing behind a pointer but the members of `this`.
std::optional<Place> placeOf(const clang::Expr &Lvalue, const clang::ASTContext &Context);
/// Also what is behind a pointer that the text names.
std::optional<Place> placeBehindPointers(const clang::Expr &Lvalue, const clang::ASTContext &Context);

/// The place that references whose text tells what they are bound to stand for.
Place throughReferences(Place What, const clang::ASTContext &Context);

} // namespace weave

#endif
