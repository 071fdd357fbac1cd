// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Indices of arrays as sums of products of variables, and which iterations of a loop meet at one element.
#ifndef WEAVE_TOOL_ANALYSIS_SUBSCRIPTS_H
#define WEAVE_TOOL_ANALYSIS_SUBSCRIPTS_H

#include "analysis/Plan.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include <map>

namespace weave {

/// A sum of products of variables with constant factors. Variables are compared by what declares them.
class IndexSum {
public:
  using Product = std::vector<const clang::ValueDecl *>; // sorted
  using Terms = std::map<Product, int64_t>;

  static IndexSum constant(int64_t Value) { return IndexSum(Terms{{Product{}, Value}}); }
  static IndexSum variable(const clang::ValueDecl &V) { return IndexSum(Terms{{Product{&V}, 1}}); }

  IndexSum operator+(const IndexSum &Other) const;
  IndexSum operator*(const IndexSum &Other) const;
  IndexSum operator-(const IndexSum &Other) const { return *this + Other * constant(-1); }

  bool isZero() const { return Sum.empty(); }
  /// Its value, if no variable is in it.
  std::optional<int64_t> value() const;
  /// How many times the other it is, if it is an integer multiple of it.
  std::optional<int64_t> multipleOf(const IndexSum &Other) const;
  /// What the variable is multiplied with; nothing if it occurs in a square.
  std::optional<IndexSum> factorOf(const clang::ValueDecl &V) const;
  llvm::SmallPtrSet<const clang::ValueDecl *, 4> variables() const;

  /// Small enough that nothing overflows.
  bool isSmall() const;

private:
  explicit IndexSum(Terms Sum);
  Terms Sum; ///< None is zero.
};

/// The variables of a parallel loop, as far as an index is concerned.
class LoopVariables {
public:
  LoopVariables(const LoopPlan &Loop, const clang::ASTContext &Context);

  /// The index as a sum; nothing if it is none, or if a variable in it may have other values in other iterations that
  /// the text does not show.
  std::optional<IndexSum> sumOf(const clang::Expr &Index) const;
  /// Whether the loop counts with it.
  bool counts(const clang::ValueDecl &V) const { return Counters.contains(&V); }
  /// Whether a loop in the body counts with it, through the same values in every iteration.
  bool isInner(const clang::ValueDecl &V) const { return Inner.contains(&V); }
  /// Whether all iterations find the same value in it.
  bool isInvariant(const clang::ValueDecl &V) const;
  const LoopNest &nest() const { return Nest; }

  /// What an index is made of that need not be another in another iteration: a load, a call, a quotient, a remainder.
  struct Repeats {
    bool Loads = false, Divides = false, Masks = false;
  };
  Repeats repeatsIn(const clang::Expr &Index) const;

private:
  void findInner(const clang::Stmt &Body);

  const LoopNest &Nest;
  const clang::ASTContext &Context;
  llvm::DenseSet<const clang::ValueDecl *> Counters, Inner, Written, Inside;
  llvm::DenseMap<const clang::ValueDecl *, const clang::Expr *> Named; ///< Values that the body gives a name.
};

/// Whether two iterations of a loop meet at one element.
enum class Meeting { Never, Unknown, Always };

/// Of two accesses to one array or pointer, with these indices.
Meeting meet(llvm::ArrayRef<const clang::Expr *> A, llvm::ArrayRef<const clang::Expr *> B,
             const LoopVariables &Variables);

} // namespace weave

#endif
