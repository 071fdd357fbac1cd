// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/LoopRaces.h"
#include "analysis/Captures.h"
#include "analysis/DeepAccesses.h"
#include "analysis/HandedOver.h"
#include "analysis/RaceReports.h"
#include "analysis/Subscripts.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"

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
      Own.push_back(throughReferences(std::move(*What), Context));
  };
  for (const Expr *E : Operands.Reductions)
    Add(*E);
  for (auto [Clause, E] : llvm::zip(D.Listed, Operands.Listed))
    if (Clause.How != Sharing::Shared)
      Add(*E);
  for (const LoopForm &Form : Loop.Nest)
    Own.push_back({Form.Variable});
  for (const ValueDecl *V : Loop.Implied)
    Own.push_back({V});
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

namespace {

class LoopRaceFinder {
public:
  LoopRaceFinder(const LoopPlan &Loop, AccessList List, const DirectiveTable &Table, const ASTContext &Context,
                 RaceReports &Reports)
      : Loop(Loop), List(std::move(List)), Own(ownOfEachPiece(Loop, Table[Loop.Where->Index], Context)),
        Variables(Loop, Context), Context(Context), Reports(Reports) {}

  void find() {
    for (const DirectAccess &A : List.Accesses)
      if (A.Writes && isOfAll(A.What, A.Named))
        findFor(A);
    for (const ElementAccess &A : List.Elements)
      if (A.As.Writes && isOfAll(A))
        findFor(A);
    for (const KnownCall &Call : List.Calls)
      findFor(Call);
  }

private:
  /// @param Named  the variable that the text names, of which the place may be the referent
  bool isOfAll(const Place &P, const ValueDecl *Named) const {
    return (P.isBehindPointer() ? isFixed(P) : isShared(Named, Loop)) &&
           llvm::none_of(Own, [&](const Place &Other) { return Other.overlaps(P) || Other.leadsTo(P); });
  }
  bool isFixed(const Place &P) const;
  bool isOfAll(const ElementAccess &A) const;
  bool choosesOne(const Conditions &Under) const;
  bool isChosen(const Expr &Condition, bool Holds) const;
  bool hasCounter(const Expr &Argument) const;
  void findFor(const DirectAccess &A);
  void findFor(const ElementAccess &A);
  void findFor(const KnownCall &Call);

  const LoopPlan &Loop;
  const AccessList List;
  const SmallVector<Place, 4> Own;
  const LoopVariables Variables;
  const ASTContext &Context;
  RaceReports &Reports;
};

} // namespace

/// A pointer that the loop changes may point elsewhere in each iteration.
bool LoopRaceFinder::isFixed(const Place &P) const {
  return llvm::none_of(List.Accesses, [&](const DirectAccess &A) { return A.Writes && A.What.leadsTo(P); });
}

bool LoopRaceFinder::isOfAll(const ElementAccess &A) const {
  Place Element = A.Base;
  if (A.ThroughPointer)
    Element.extend(Place::Step{Place::Step::Kind::Pointee});
  return isOfAll(throughReferences(Element, Context), A.Base.Variable);
}

/// Whether a condition of this value is met in one iteration only: the counter is equal to what all iterations find.
bool LoopRaceFinder::isChosen(const Expr &Condition, bool Holds) const {
  const auto *Test = dyn_cast<BinaryOperator>(Condition.IgnoreParenImpCasts());
  if (!Test)
    return false;
  if (Test->getOpcode() == (Holds ? BO_LAnd : BO_LOr))
    return isChosen(*Test->getLHS(), Holds) || isChosen(*Test->getRHS(), Holds);
  if (Test->getOpcode() != (Holds ? BO_EQ : BO_NE) || Loop.Nest.size() != 1)
    return false;
  const auto Left = Variables.sumOf(*Test->getLHS()), Right = Variables.sumOf(*Test->getRHS());
  if (!Left || !Right)
    return false;
  const IndexSum Difference = *Left - *Right;
  const auto Names = Difference.variables();
  return llvm::any_of(Names, [&](const ValueDecl *V) { return Variables.counts(*V); }) &&
         llvm::none_of(Names, [&](const ValueDecl *V) { return Variables.isInner(*V); });
}

bool LoopRaceFinder::choosesOne(const Conditions &Under) const {
  return llvm::any_of(Under, [&](const Condition &C) { return isChosen(*C.Tested, C.Holds); });
}

void LoopRaceFinder::findFor(const DirectAccess &A) {
  if (!A.Conditional)
    return Reports.loop(Loop, A);
  const auto Other =
      llvm::find_if(List.Accesses, [&](const DirectAccess &B) { return !B.Conditional && B.What.overlaps(A.What); });
  if (Other != List.Accesses.end())
    return Reports.some(Loop, A, *Other);
  if (choosesOne(A.Under))
    return;
  if (A.updates())
    return Reports.some(Loop, A, A);
  Reports.perhaps(Loop, A);
}

void LoopRaceFinder::findFor(const ElementAccess &A) {
  for (const ElementAccess &B : List.Elements) {
    if (!B.Base.isSame(A.Base) || B.ThroughPointer != A.ThroughPointer ||
        meet(A.Indices, B.Indices, Variables) != Meeting::Always)
      continue;
    const bool IsCertain = !A.As.Conditional && !B.As.Conditional;
    // What is chosen by a remainder is often every other element.
    const auto Separates = [&](const DirectAccess &Access) {
      return Access.Conditional &&
             (Access.Under.empty() || choosesOne(Access.Under) || llvm::any_of(Access.Under, [&](const Condition &C) {
                const auto Parts = Variables.repeatsIn(*C.Tested);
                return Parts.Masks || Parts.Divides;
              }));
    };
    if (!IsCertain && (Separates(A.As) || Separates(B.As)))
      continue;
    return Reports.element(Loop, A, B, IsCertain);
  }
  LoopVariables::Repeats All;
  bool Counts = false;
  for (const Expr *Index : A.Indices) {
    const auto Parts = Variables.repeatsIn(*Index);
    All.Loads |= Parts.Loads;
    All.Divides |= Parts.Divides;
    All.Masks |= Parts.Masks;
    const auto Sum = Variables.sumOf(*Index);
    Counts |= Sum && llvm::any_of(Sum->variables(), [&](const ValueDecl *V) { return Variables.counts(*V); });
  }
  // A quotient and a remainder together are a row and a column.
  const bool MayRepeat = (A.As.updates() && All.Loads) || All.Divides != All.Masks;
  if (MayRepeat && !Counts && !choosesOne(A.As.Under))
    Reports.index(Loop, A);
}

bool LoopRaceFinder::hasCounter(const Expr &Argument) const {
  const auto Sum = Argument.getType()->isIntegerType() ? Variables.sumOf(Argument) : std::nullopt;
  return Sum && llvm::any_of(Sum->variables(), [&](const ValueDecl *V) { return Variables.counts(*V); });
}

/// What a function does whose body is elsewhere, only its signature tells. One that gets the number of the iteration
/// probably keeps to its part of the object.
void LoopRaceFinder::findFor(const KnownCall &Known) {
  const CallExpr &Call = *Known.Call;
  const FunctionDecl &Callee = *Call.getDirectCallee();
  if (Callee.getDefinition() || Callee.isInStdNamespace() || choosesOne(Known.Under) ||
      llvm::any_of(Call.arguments(), [&](const Expr *Argument) { return hasCounter(*Argument); }))
    return;
  for (const HandedOver &Argument : handedOver(Call, Context))
    if (Argument.MayWrite && isOfAll(throughReferences(Argument.What, Context), Argument.What.Variable))
      Reports.call(Loop, Call, Argument.What);
}

void findLoopRaces(const LoopPlan &Loop, const Structure &Where, const DirectiveTable &Table, DeepAccesses &Deep,
                   const ASTContext &Context, RaceReports &Reports) {
  AccessList List = Deep.of(*Loop.Nest.back().Body);
  const auto RunsOnce = [&](const LoopForm &Form) { return runsOnce(Form, Context); };
  if (!List.Synchronises && !Where.holds(DirectiveKind::Critical, *Loop.Where, Table) &&
      !llvm::all_of(Loop.Nest, RunsOnce))
    LoopRaceFinder(Loop, std::move(List), Table, Context, Reports).find();
}

} // namespace weave
