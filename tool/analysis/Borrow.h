// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Which objects must outlive a task that captures a variable by reference.
#ifndef WEAVE_TOOL_ANALYSIS_BORROW_H
#define WEAVE_TOOL_ANALYSIS_BORROW_H

#include "analysis/Structure.h"

namespace weave {

/// A variable that is an object is borrowed itself. A reference is but a name: what it was bound to is borrowed, as far
/// as that is an object of this function; itself, if it keeps a temporary alive or the text does not tell. What lies
/// behind a pointer is the user's affair.
class Borrow {
public:
  explicit Borrow(const Structure &Where) : Where(Where) {}

  void add(const clang::ValueDecl &Captured);
  llvm::ArrayRef<const clang::VarDecl *> objects() const { return Objects; }

private:
  void addVariable(const clang::VarDecl &V);
  void addRoots(const clang::Expr *E, const clang::VarDecl &Bound);

  const Structure &Where;
  llvm::SmallVector<const clang::VarDecl *, 4> Objects;
  llvm::SmallPtrSet<const clang::VarDecl *, 8> Seen;
};

} // namespace weave

#endif
