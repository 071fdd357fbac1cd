// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/CodeVisitor.h"
#include "clang/AST/DeclOpenMP.h"
#include "clang/AST/Expr.h"
#include "clang/AST/StmtOpenMP.h"

using namespace clang;

namespace weave {

SmallVector<Stmt *, 4> writtenParts(const OMPExecutableDirective &Construct) {
  SmallVector<Stmt *, 4> Parts;
  for (OMPClause *Clause : Construct.clauses())
    if (Clause && !Clause->isImplicit())
      for (Stmt *Operand : Clause->children())
        if (Operand)
          Parts.push_back(Operand);
  if (Construct.hasAssociatedStmt())
    Parts.push_back(const_cast<Stmt *>(Construct.getRawStmt()));
  return Parts;
}

bool CodeVisitor::TraverseStmt(Stmt *S) {
  if (const auto *Construct = dyn_cast_or_null<OMPExecutableDirective>(S))
    return llvm::all_of(writtenParts(*Construct), [&](Stmt *Part) { return TraverseStmt(Part); });
  if (const auto *Reference = dyn_cast_or_null<DeclRefExpr>(S))
    if (const auto *Captured = dyn_cast<OMPCapturedExprDecl>(Reference->getDecl()))
      return TraverseStmt(const_cast<Expr *>(Captured->getInit()));
  return DynamicRecursiveASTVisitor::TraverseStmt(S);
}

} // namespace weave
