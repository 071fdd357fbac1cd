// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a closure captures, and how: the rule of the language, decided on the text of the construct alone.
#ifndef WEAVE_TOOL_ANALYSIS_CAPTURES_H
#define WEAVE_TOOL_ANALYSIS_CAPTURES_H

#include "analysis/Plan.h"

namespace weave {

class Diagnostics;

/// A local entity of the enclosing function that a stretch of code names.
struct Use {
  const clang::ValueDecl *Variable;
  clang::SourceLocation First;
  bool Expand;
  /// A constant, for G++ or for some instantiations, or only used where an `if constexpr` may discard it.
  bool Doubtful;
  /// Clang needs no capture of it, and G++ does.
  bool IsConstant = false;
  bool InConstant = false; ///< Used where only a constant can stand.
  bool Written = false;
  bool Exposed = false; ///< Written, or passed to who knows whom (see Mutation).
  // What tells a copy from the variable.
  bool Aliased = false; ///< It may be changed under another name.
  bool LetOut = false;  ///< Its address may be used afterwards.
  bool Unset = false;   ///< It may have no value yet.
};

struct Uses {
  std::optional<clang::SourceLocation> This;
  bool IsThisDoubtful = false;
  llvm::SmallVector<Use, 8> Variables; ///< In the order of first use.
  llvm::SmallVector<Use, 2> Constants; ///< Used for their value only, which the compiler knows.
};

using VariableSet = llvm::SmallPtrSet<const clang::ValueDecl *, 8>;

/// What the statements of `Region` odr-use of what is declared outside them. Does not look into those of `Skip`.
Uses collectUses(llvm::ArrayRef<const clang::Stmt *> Region, const llvm::SmallPtrSetImpl<const clang::Stmt *> &Skip,
                 bool IsDependent, const clang::ASTContext &Context);

/// The variable that the bytes named by an lvalue belong to; null if they lie behind a pointer.
const clang::ValueDecl *ownerOfBytes(const clang::Expr &Lvalue);

/// Whether the variable is a constant that has to reach the closure as a variable of its own: G++ 12 fails on a class
/// that it takes for a constant, and Clang calls it unused.
bool needsInitCapture(const Use &Of, CaptureMode Mode);

/// What clauses say about variables.
using SharingMap = llvm::SmallDenseMap<const clang::ValueDecl *, Sharing, 4>;

/// Whether only the run tells a length in a type. Of a type with `auto` in it, Clang knows by its canonical form only.
inline bool hasVariableLength(clang::QualType Type) { return Type.getCanonicalType()->isVariablyModifiedType(); }

/// Scalars, and plain data up to a cache line.
bool isCheapToCopy(clang::QualType Type, const clang::ASTContext &Context);

struct CaptureRule {
  const VariableSet &Operands; ///< Named by depends_on.
  const SharingMap &Listed;
  const VariableSet &RunningOutputs; ///< Written by an earlier task that may still run.
  clang::ASTContext &Context;
  const Diagnostics &Diags;

  llvm::SmallVector<Capture, 4> apply(const Uses &Found) const;

private:
  CaptureReason reasonFor(const Use &U) const;
};

} // namespace weave

#endif
