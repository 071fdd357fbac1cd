// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What types alone tell of objects: which of them a store may change, and which of them a value may refer to.
#ifndef WEAVE_TOOL_ANALYSIS_OBJECTTYPES_H
#define WEAVE_TOOL_ANALYSIS_OBJECTTYPES_H

#include "clang/AST/Type.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace clang {
class ASTContext;
class CXXRecordDecl;
} // namespace clang

namespace weave {

/// Where the text of a template leaves a type open, anything may be so that a store needs, and nothing that an address
/// needs which nobody takes on purpose.
class ObjectTypes {
public:
  explicit ObjectTypes(const clang::ASTContext &Context) : Context(Context) {}

  /// C++'s rule on aliases: whether a store to an lvalue of one type may change an object of the other, or a part of
  /// it.
  bool mayChange(clang::QualType Stored, clang::QualType Object) const;

  /// Whether who gets a value of a type may change an object of the other type through it.
  bool leadsTo(clang::QualType Holder, clang::QualType Object) const;

  /// How an object is handed to what may keep its address.
  enum class Handed {
    Lvalue,  ///< It is bound to a reference, as any argument may be.
    Address, ///< Somebody has taken its address, or made a view, an iterator, a lambda of it.
  };
  /// Whether a value of a type may refer to an object of the other type. A class that destroys something owns what it
  /// points to, and so has a copy of what it was made of.
  bool mayHold(clang::QualType Holder, clang::QualType Object, Handed How, bool IsWritable) const;
  /// Whether a value of a type may refer to anything at all.
  bool mayHoldAny(clang::QualType Holder) const;

  const clang::ASTContext &context() const { return Context; }

private:
  using TypeSet = llvm::SmallPtrSet<const clang::Type *, 16>;
  struct Question;

  const clang::Type *kindOf(clang::QualType Type) const;
  bool isByte(clang::QualType Type) const;
  /// A type and those of its parts, down to what the class owns.
  const TypeSet &partsOf(clang::QualType Type) const;
  void addParts(clang::QualType Type, TypeSet &Parts) const;
  bool holds(clang::QualType Holder, const Question &Asked, bool IsOwned, TypeSet &Seen) const;
  bool leads(clang::QualType Holder, clang::QualType Object, bool IsPart, TypeSet &Seen) const;

  const clang::ASTContext &Context;
  mutable llvm::DenseMap<const clang::Type *, TypeSet> Parts;
  mutable llvm::DenseMap<const clang::Type *, bool> Holders; ///< Whether a value may refer to anything.
};

} // namespace weave

#endif
