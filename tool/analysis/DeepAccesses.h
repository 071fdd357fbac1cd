// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What code reads and writes by name, in its own text and in that of the functions that it calls.
#ifndef WEAVE_TOOL_ANALYSIS_DEEPACCESSES_H
#define WEAVE_TOOL_ANALYSIS_DEEPACCESSES_H

#include "analysis/Accesses.h"
#include <map>

namespace clang {
class FunctionDecl;
} // namespace clang

namespace weave {

/// Remembers what each function does, as its callers see it: to what is passed by reference, to its object, to globals.
class DeepAccesses {
public:
  explicit DeepAccesses(const clang::ASTContext &Context) : Context(Context) {}

  /// References whose text tells what they are bound to are looked through.
  AccessList of(const clang::Stmt &Code);
  /// The same with the elements among the accesses, and with what functions may do to what they get.
  AccessList withElements(const clang::Stmt &Code);

private:
  void lookThrough(DirectAccess &A) const;
  const AccessList &ofFunction(const clang::FunctionDecl &F);
  std::optional<Place> seenByCaller(const Place &Inside, const clang::CallExpr &Call,
                                    const clang::FunctionDecl &Callee) const;
  /// From an object that the call passes, or that an implicit pointer leads to.
  std::optional<Place> within(const clang::Expr &Object, llvm::ArrayRef<Place::Step> Steps) const;
  /// From what a pointer that the call passes points to. @param IsIndexed  the first step chooses an element of it
  std::optional<Place> behind(const clang::Expr &Pointer, llvm::ArrayRef<Place::Step> Steps, bool IsIndexed) const;

  const clang::ASTContext &Context;
  std::map<const clang::FunctionDecl *, AccessList> Known; ///< Empty while a function is being looked at.
};

} // namespace weave

#endif
