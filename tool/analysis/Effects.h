// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The model of what code does to variables other than by their names: what it may change under another name, and whose
// addresses it lets out. Who decides whether a copy would do asks it.
#ifndef WEAVE_TOOL_ANALYSIS_EFFECTS_H
#define WEAVE_TOOL_ANALYSIS_EFFECTS_H

#include "analysis/AddressFlow.h"
#include "analysis/Captures.h"
#include "analysis/Structure.h"

namespace weave {

/// Of one stretch of a function.
class Effects {
public:
  Effects(llvm::ArrayRef<const clang::Stmt *> Stretch, const AddressFlow &Function, const clang::VarDecl *Declared);

  /// Whether the stretch may change the variable by a pointer, a reference, a lambda or a view that reaches it, or by
  /// an lvalue of a compatible type that may be the same object.
  bool mayChange(const clang::ValueDecl &V) const;
  /// Whether the address of the variable, if that is the stretch's own copy, may be used after the stretch.
  bool letsOut(const clang::ValueDecl &V) const { return LetOut.contains(&V); }
  /// The variables of the function that it may change so, but for references.
  VariableSet changed() const;

private:
  bool mayChange(const clang::ValueDecl &V, const Change &By) const;

  const AddressFlow &Function;
  std::vector<Change> Changes;
  VariableSet LetOut;
};

/// The variables whose addresses, if a stretch had copies of its own, might be used after it.
/// @param Declared  a variable that the stretch declares, and that outlives it; or null
VariableSet findLetOut(llvm::ArrayRef<const clang::Stmt *> Stretch, const clang::VarDecl *Declared,
                       const clang::ASTContext &Context);

/// The addresses in the functions of a unit: each in one walk over the whole of the outermost function.
class AddressFlows {
public:
  explicit AddressFlows(const clang::ASTContext &Context) : Context(Context) {}
  const AddressFlow &of(const Function &In);

private:
  const clang::ASTContext &Context;
  llvm::DenseMap<const clang::Decl *, std::unique_ptr<AddressFlow>> Known;
};

} // namespace weave

#endif
