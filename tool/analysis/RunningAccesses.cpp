// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/RunningAccesses.h"
#include "analysis/Captures.h"
#include "clang/AST/Decl.h"

using namespace clang;

namespace weave {

TaskAccesses::TaskAccesses(const SpawnPlan &Plan, const DirectiveTable &Table, DeepAccesses &Deep)
    : Plan(&Plan), List(Deep.withElements(*Plan.Where->Attached.Subject)),
      IsOrdered(!Table[Plan.Where->Index].DependsOn.empty()) {
  VariableSet Own;
  for (const Capture &C : Plan.Captures)
    if (C.Mode != CaptureMode::Reference || C.Why == CaptureReason::Aliased || C.Why == CaptureReason::LetOut)
      Own.insert(C.Variable); // of these two, another warning asks how they are meant
  const ClauseOperands Operands = operandsOf(Table[Plan.Where->Index], Plan.Where->Attached);
  for (auto [Clause, E] : llvm::zip(Table[Plan.Where->Index].Listed, Operands.Listed))
    if (Clause.How == Sharing::Private)
      Own.insert(ownerOfBytes(*E));
  llvm::erase_if(List.Accesses,
                 [&](const DirectAccess &A) { return A.Named && Own.contains(A.Named) && !A.What.isBehindPointer(); });
  if (const VarDecl *V = Plan.Where->Declared)
    List.Accesses.push_back({{V, {}, V->getNameAsString()}, true, false, V->getLocation(), nullptr});
}

bool RunningAccess::conflictsWith(const DirectAccess &Other) const {
  return (Access->Writes || Other.Writes) && !((Doubtful || Access->Conditional) && Other.Conditional) &&
         Access->What.overlaps(Other.What);
}

bool RunningAccess::isSuspectedWith(const DirectAccess &Other) const { return Access->Suspected || Other.Suspected; }

RunningAccesses RunningAccesses::inArm() const {
  RunningAccesses Arm = *this;
  llvm::erase_if(Arm.Tasks, [](const RunningAccess &R) { return R.Doubtful || R.Access->Conditional; });
  Arm.Certain = false;
  return Arm;
}

RunningAccesses RunningAccesses::behind(ArrayRef<RunningAccesses> Arms, unsigned LastBefore, bool MayHaveJoined) const {
  const auto IsAlive = [](const RunningAccesses &Arm) { return !Arm.Dead; };
  RunningAccesses After = llvm::all_of(Arms, IsAlive) ? *this : inArm();
  After.Certain = Certain && llvm::all_of(Arms, IsAlive);
  After.Dead = llvm::none_of(Arms, IsAlive);
  if (After.Dead || MayHaveJoined)
    After.Tasks.clear();
  for (const RunningAccesses &Arm : Arms)
    for (RunningAccess R : Arm.Tasks)
      if (!Arm.Dead && R.Serial > LastBefore) {
        R.Doubtful = R.DoubtfulInLoop = true;
        After.Tasks.push_back(R);
      }
  return After;
}

} // namespace weave
