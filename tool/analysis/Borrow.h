// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Which objects must outlive a task that captures a variable.
#ifndef WEAVE_TOOL_ANALYSIS_BORROW_H
#define WEAVE_TOOL_ANALYSIS_BORROW_H

#include "analysis/AddressFlow.h"
#include "analysis/Plan.h"

namespace weave {

/// A variable that is captured by reference and is an object is borrowed itself. A reference is but a name: what it was
/// bound to is borrowed, as far as that is an object of this function; itself, if it keeps a temporary alive or the
/// text does not tell. However it is captured, what it refers to is borrowed as well, if an initialiser or an
/// assignment shows that. What else lies behind a pointer is the user's affair.
class Borrow {
public:
  Borrow(const AddressFlow &Flow, const Structure &Where) : Flow(Flow), Where(Where) {}

  void add(const clang::ValueDecl &Captured, CaptureMode How);
  llvm::ArrayRef<BorrowedObject> objects() const { return Objects; }

private:
  void addObject(Object O, const clang::ValueDecl &Captured);
  void addHeld(Object By, const clang::ValueDecl &Captured);

  const AddressFlow &Flow;
  const Structure &Where;
  llvm::SmallVector<BorrowedObject, 4> Objects;
  llvm::SmallPtrSet<const clang::VarDecl *, 8> Seen;
  llvm::DenseSet<Object> Followed;
};

} // namespace weave

#endif
