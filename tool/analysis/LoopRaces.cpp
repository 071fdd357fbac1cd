// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/LoopRaces.h"
#include "analysis/Accesses.h"
#include "analysis/Captures.h"
#include "analysis/RaceReports.h"
#include "clang/AST/ASTContext.h"

using namespace clang;

namespace weave {

/// Whether the text shows that a loop has at most one iteration.
static bool runsOnce(const LoopForm &Form, const ASTContext &Context) {
  if (!Form.First || Form.First->isValueDependent() || Form.Last->isValueDependent())
    return false;
  const auto First = Form.First->getIntegerConstantExpr(Context), Last = Form.Last->getIntegerConstantExpr(Context);
  if (!First || !Last)
    return false;
  const llvm::APSInt Distance = *Last - First->extOrTrunc(Last->getBitWidth());
  return Distance.abs().ule(Form.Relation == Bound::LessEqual || Form.Relation == Bound::GreaterEqual ? 0 : 1);
}

/// A reduction has an accumulator of its own in each piece of the loop, and so has what is listed as private, and a
/// variable that the loop counts with.
static SmallVector<Place, 4> ownOfEachPiece(const LoopPlan &Loop, const Directive &D, const ASTContext &Context) {
  SmallVector<Place, 4> Own;
  const ClauseOperands Operands = operandsOf(D, Loop.Where->Attached);
  const auto Add = [&](const Expr &E) {
    if (auto What = placeOf(*E.IgnoreParenImpCasts(), Context))
      Own.push_back(std::move(*What));
  };
  for (const Expr *E : Operands.Reductions)
    Add(*E);
  for (auto [Clause, E] : llvm::zip(D.Listed, Operands.Listed))
    if (Clause.How != Sharing::Shared)
      Add(*E);
  for (const LoopForm &Form : Loop.Nest)
    Own.push_back({Form.Variable});
  return Own;
}

static bool isShared(const ValueDecl *Variable, const LoopPlan &Loop) {
  if (!Variable) // `this`
    return true;
  const auto Captured = llvm::find_if(Loop.Captures, [&](const Capture &C) { return C.Variable == Variable; });
  if (Captured != Loop.Captures.end())
    return Captured->Mode == CaptureMode::Reference;
  const auto *V = dyn_cast<VarDecl>(Variable);
  return V && V->hasGlobalStorage();
}

void findLoopRaces(const LoopPlan &Loop, const DirectiveTable &Table, const ASTContext &Context, RaceReports &Reports) {
  const AccessList List = collectAccesses(*Loop.Nest.back().Body, Context);
  const auto RunsOnce = [&](const LoopForm &Form) { return runsOnce(Form, Context); };
  if (List.Synchronises || llvm::all_of(Loop.Nest, RunsOnce))
    return;
  const auto Own = ownOfEachPiece(Loop, Table[Loop.Where->Index], Context);
  for (const DirectAccess &A : List.Accesses) {
    const bool IsOwn = llvm::any_of(Own, [&](const Place &P) { return P.overlaps(A.What); });
    if (A.Writes && !A.Conditional && isShared(A.What.Variable, Loop) && !IsOwn)
      Reports.loop(Loop, A);
  }
}

} // namespace weave
