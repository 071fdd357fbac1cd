// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Where the addresses of variables go: which variables hold those of which others, and what is changed through them.
#ifndef WEAVE_TOOL_ANALYSIS_ADDRESSFLOW_H
#define WEAVE_TOOL_ANALYSIS_ADDRESSFLOW_H

#include "analysis/ObjectTypes.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/PointerIntPair.h"

namespace clang {
class LambdaExpr;
class Stmt;
class ValueDecl;
} // namespace clang

namespace weave {

/// A variable; or, with the flag, what was there before the function began and is reached through the variable, or (of
/// null) through `this` or a function.
using Object = llvm::PointerIntPair<const clang::ValueDecl *, 1, bool>;

/// How one object is known to another.
struct Link {
  bool IsWritable = false; ///< It may be changed on this way.
  bool IsShown = false;    ///< An initialiser or an assignment says so, not only a call that got both.
};
using Objects = llvm::MapVector<Object, Link>;

/// Both return whether something is new.
bool merge(Objects &Into, Object O, Link How);
bool merge(Objects &Into, const Objects &From);

/// A store, or a call that may do one.
struct Change {
  Object What;
  clang::QualType Type; ///< Of the lvalue.
  bool InCall = false;  ///< The type is that of what the call gets.
};

/// May, not must: a variable holds an address from the beginning to the end of the stretch, if it does at any time;
/// what a member or an element holds, the whole does. A call keeps nothing but in what it gets, and in what it returns.
class AddressFlow {
public:
  enum class Extent {
    Function, ///< A whole function, with what it gets from outside.
    Part,     ///< Only the addresses that this stretch takes itself, of its own copies.
  };
  AddressFlow(llvm::ArrayRef<const clang::Stmt *> Stretch, Extent Of, const clang::ASTContext &Context);

  /// What a name stands for: a reference, for what it is bound to.
  Objects locate(const clang::ValueDecl &V) const;
  /// Whose addresses an object holds.
  Objects heldBy(Object O) const;

  struct Holding {
    Object Holder;
    const clang::ValueDecl *Held;
  };
  /// Each variable whose address something holds that the stretch does not declare.
  std::vector<Holding> letOut() const;

  bool declares(const clang::ValueDecl &V) const { return Inside.contains(&V); }

  /// What a stretch of the function changes, by whatever name.
  std::vector<Change> changesIn(llvm::ArrayRef<const clang::Stmt *> Stretch) const;

  const ObjectTypes &types() const { return Types; }

private:
  class Walker;

  const Extent Of;
  ObjectTypes Types;
  llvm::DenseMap<const clang::ValueDecl *, Objects> Bound; ///< Of references.
  llvm::MapVector<Object, Objects> Held;
  llvm::DenseSet<const clang::ValueDecl *> Inside;
  /// What has been assigned to variables outside any function, so that every call may reach it.
  Objects Published;
  llvm::DenseMap<const clang::LambdaExpr *, llvm::SmallPtrSet<const clang::ValueDecl *, 4>> WrittenBy;
};

} // namespace weave

#endif
