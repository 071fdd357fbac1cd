// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/Races.h"
#include "analysis/DeepAccesses.h"
#include "analysis/LoopRaces.h"
#include "analysis/Planner.h"
#include "analysis/RaceReports.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/Support/SaveAndRestore.h"
#include <map>

using namespace clang;

namespace weave {

namespace {

using State = RunningAccesses;

/// Walks over the body of an activation as control does, and meets its tasks and what runs beside them.
class RaceFinder {
public:
  RaceFinder(const Analysis &Input, const DirectiveTable &Table, DeepAccesses &Deep, const ASTContext &Context,
             RaceReports &Reports);

  void walkActivation(const Activation &In) {
    State S;
    walk(In.Root, S);
  }

private:
  void walk(const Stmt *Node, State &S);
  void walkNode(const Stmt *Node, State &S);
  void walkIf(const IfStmt &If, State &S);
  void walkLoop(const Stmt &Loop, State &S);
  void walkSwitch(const SwitchStmt &Switch, State &S);
  void walkTry(const CXXTryStmt &Try, State &S);
  void walkSite(const Site &Here, State &S);
  void spawn(const TaskAccesses &Task, State &S);
  void use(const Stmt *Code, State &S);
  void meet(const DirectAccess &A, State &S);

  bool isDeclaredIn(const ValueDecl *D, const Stmt &Loop) const;

  const Structure &Where;
  const DirectiveTable &Table;
  DeepAccesses &Deep;
  const ASTContext &Context;
  RaceReports &Reports;
  llvm::DenseMap<const Stmt *, const Site *> Sites;
  std::map<const Site *, TaskAccesses> Tasks;
  llvm::DenseMap<const Stmt *, SmallVector<const Frame *, 1>> JoinedAt;
  const Stmt *Current = nullptr; ///< The statement of a block that the walk is in.
  bool Repeating = false;        ///< In the second walk over a loop.
  unsigned Serials = 0, Joins = 0;
  std::optional<State> SwitchEntry;
};

} // namespace

RaceFinder::RaceFinder(const Analysis &Input, const DirectiveTable &Table, DeepAccesses &Deep,
                       const ASTContext &Context, RaceReports &Reports)
    : Where(Input.Where), Table(Table), Deep(Deep), Context(Context), Reports(Reports) {
  for (const Site &S : Where.Sites)
    Sites.try_emplace(S.Statement, &S);
  for (const Frame &F : Input.Result.Frames)
    JoinedAt[F.In.Node].push_back(&F);
  for (const SpawnPlan &Spawn : Input.Result.Spawns)
    if (!Table[Spawn.Where->Index].Detached) // or it shares nothing with the function
      Tasks.try_emplace(Spawn.Where, Spawn, Table, Deep).first->second.List.Synchronises |=
          Input.Where.holds(DirectiveKind::Critical, *Spawn.Where, Table);
}

void RaceFinder::walk(const Stmt *Node, State &S) {
  if (!Node)
    return;
  walkNode(Node, S);
  if (const auto Ends = JoinedAt.find(Node); Ends != JoinedAt.end())
    llvm::erase_if(S.Tasks,
                   [&](const RunningAccess &R) { return llvm::is_contained(Ends->second, R.Task->Plan->Owner); });
}

void RaceFinder::walkNode(const Stmt *Node, State &S) {
  if (const Site *Here = Sites.lookup(Node))
    return walkSite(*Here, S);
  if (const auto *Block = dyn_cast<CompoundStmt>(Node)) {
    for (const Stmt *Child : Block->body()) {
      llvm::SaveAndRestore Saved(Current, Child);
      walk(Child, S);
    }
  } else if (const auto *If = dyn_cast<IfStmt>(Node)) {
    walkIf(*If, S);
  } else if (isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(Node)) {
    walkLoop(*Node, S);
  } else if (const auto *Switch = dyn_cast<SwitchStmt>(Node)) {
    walkSwitch(*Switch, S);
  } else if (const auto *Case = dyn_cast<SwitchCase>(Node)) {
    if (SwitchEntry)
      S = *SwitchEntry;
    walk(Case->getSubStmt(), S);
  } else if (const auto *Label = dyn_cast<LabelStmt>(Node)) {
    S = State(); // reached from who knows where
    S.Certain = false;
    walk(Label->getSubStmt(), S);
  } else if (const auto *Try = dyn_cast<CXXTryStmt>(Node)) {
    walkTry(*Try, S);
  } else if (const auto *Attributed = dyn_cast<AttributedStmt>(Node)) {
    walk(Attributed->getSubStmt(), S);
  } else {
    use(Node, S);
    if (isa<ReturnStmt, BreakStmt, ContinueStmt, GotoStmt, IndirectGotoStmt, CXXThrowExpr>(Node)) {
      S.Dead = true;
      S.Tasks.clear();
    }
  }
}

void RaceFinder::walkIf(const IfStmt &If, State &S) {
  walk(If.getInit(), S);
  walk(If.getConditionVariableDeclStmt(), S);
  use(If.getCond(), S);
  if (const auto Decided = constantCondition(If.getCond(), Context))
    return walk(*Decided ? If.getThen() : If.getElse(), S);
  const unsigned Serial = Serials, JoinsBefore = Joins;
  State Arms[] = {S.inArm(), S.inArm()};
  walk(If.getThen(), Arms[0]);
  walk(If.getElse(), Arms[1]);
  S = S.behind(Arms, Serial, Joins != JoinsBefore);
}

bool RaceFinder::isDeclaredIn(const ValueDecl *D, const Stmt &Loop) const {
  if (const auto *Binding = dyn_cast_or_null<BindingDecl>(D))
    D = dyn_cast_or_null<VarDecl>(Binding->getDecomposedDecl());
  const auto *V = dyn_cast_or_null<VarDecl>(D);
  const Home *At = V ? Where.home(V) : nullptr;
  if (!At || !Where.span(&Loop).contains(Where.span(At->Scope)))
    return false;
  const auto *For = dyn_cast<ForStmt>(&Loop);
  return !For || At->Declaration != For->getInit();
}

void RaceFinder::walkLoop(const Stmt &Loop, State &S) {
  const Stmt *Body = nullptr;
  SmallVector<const Stmt *, 2> EachTime;
  bool IsOnce = false, RunsAtLeastOnce = false;
  if (const auto *For = dyn_cast<ForStmt>(&Loop)) {
    walk(For->getInit(), S);
    EachTime = {For->getCond(), For->getConditionVariableDeclStmt()};
    Body = For->getBody();
  } else if (const auto *While = dyn_cast<WhileStmt>(&Loop)) {
    EachTime = {While->getCond(), While->getConditionVariableDeclStmt()};
    Body = While->getBody();
  } else if (const auto *Range = dyn_cast<CXXForRangeStmt>(&Loop)) {
    walk(Range->getInit(), S);
    use(Range->getRangeInit(), S);
    if (const Expr *Read = rangeRead(*Range))
      if (auto What = placeBehindPointers(*Read, Context))
        meet({throughReferences(std::move(*What), Context), false, false, Read->getExprLoc(), nullptr}, S);
    Body = Range->getBody();
  } else {
    const auto *Do = cast<DoStmt>(&Loop);
    EachTime = {Do->getCond()};
    Body = Do->getBody();
    IsOnce = constantCondition(Do->getCond(), Context) == false;
    RunsAtLeastOnce = true;
  }
  const auto Test = [&](State &At) {
    for (const Stmt *Part : EachTime)
      use(Part, At);
  };

  const unsigned Serial = Serials, JoinsBefore = Joins;
  if (!RunsAtLeastOnce)
    Test(S);
  const bool WasCertain = S.Certain;
  State Round = RunsAtLeastOnce ? S : S.inArm();
  Round.Certain = true;
  walk(Body, Round);
  const auto *For = dyn_cast<ForStmt>(&Loop);
  if (For)
    use(For->getInc(), Round);
  if (IsOnce) {
    S.Tasks = std::move(Round.Tasks);
    S.Dead = false;
    S.Certain &= !Round.Dead;
    return;
  }
  if (!Round.Dead) {
    State Next = Round;
    llvm::erase_if(Next.Tasks, [&](const RunningAccess &R) {
      return R.Doubtful || R.DoubtfulInLoop || isDeclaredIn(R.Access->What.Variable, Loop);
    });
    for (RunningAccess &R : Next.Tasks)
      R.Earlier |= R.Serial > Serial;
    Test(Next);
    if (!Repeating) {
      llvm::SaveAndRestore Saved(Repeating, true);
      Next.Certain = true;
      walk(Body, Next);
    }
  }
  for (RunningAccess &R : Round.Tasks)
    R.Earlier = false;
  // A loop that joins may have been left just after it did.
  if (Joins != JoinsBefore)
    Round.Tasks.clear();
  const State Arms[] = {std::move(Round)};
  S = S.behind(Arms, Serial, Joins != JoinsBefore);
  S.Dead = false;
  S.Certain = WasCertain;
}

void RaceFinder::walkSwitch(const SwitchStmt &Switch, State &S) {
  walk(Switch.getInit(), S);
  walk(Switch.getConditionVariableDeclStmt(), S);
  use(Switch.getCond(), S);
  const unsigned JoinsBefore = Joins;
  State Arm = S.inArm();
  llvm::SaveAndRestore Saved(SwitchEntry, std::optional(Arm));
  walk(Switch.getBody(), Arm);
  if (Joins != JoinsBefore)
    S.Tasks.clear();
  S = S.inArm(); // some case may have returned; and what one spawns, no other has
}

void RaceFinder::walkTry(const CXXTryStmt &Try, State &S) {
  const unsigned JoinsBefore = Joins;
  walk(Try.getTryBlock(), S);
  for (unsigned I = 0; I < Try.getNumHandlers(); ++I) {
    State Handler;
    Handler.Certain = false;
    walk(Try.getHandler(I)->getHandlerBlock(), Handler);
  }
  if (Joins != JoinsBefore || Try.getNumHandlers() > 0)
    S = S.inArm();
  if (Joins != JoinsBefore)
    S.Tasks.clear();
}

void RaceFinder::walkSite(const Site &Here, State &S) {
  switch (Table[Here.Index].Kind) {
  case DirectiveKind::Sync:
    S.Tasks.clear();
    ++Joins;
    return;
  case DirectiveKind::Spawn:
  case DirectiveKind::ParallelFor:
    if (Here.makesLoop()) {
      State Inside = S.inArm();
      use(Here.Attached.Subject, Inside);
    } else if (const auto Task = Tasks.find(&Here); Task != Tasks.end()) {
      spawn(Task->second, S);
    }
    return;
  case DirectiveKind::SyncScope:
  case DirectiveKind::Parallel:
  case DirectiveKind::Single:
    return walk(Here.Attached.Subject, S);
  default:
    return;
  }
}

void RaceFinder::spawn(const TaskAccesses &Task, State &S) {
  const bool IsConditional = Table[Task.Plan->Where->Index].Condition.has_value();
  ++Serials;
  for (const RunningAccess &R : S.Tasks) {
    if ((R.Task->IsOrdered && Task.IsOrdered) || (R.Task->List.Synchronises && Task.List.Synchronises))
      continue;
    for (const DirectAccess &A : Task.List.Accesses)
      if (R.conflictsWith(A)) {
        Reports.tasks(R, Task, A);
        break;
      }
  }
  if (Task.Plan->InPlace)
    return; // what follows comes behind it
  for (const DirectAccess &A : Task.List.Accesses)
    S.Tasks.push_back({&Task, &A, Serials, IsConditional, !S.Certain});
}

void RaceFinder::use(const Stmt *Code, State &S) {
  if (!Code || S.Tasks.empty())
    return;
  const AccessList List = Deep.withElements(*Code);
  if (List.WaitsForTasks) {
    S.Tasks.clear();
    ++Joins;
  } else if (List.Synchronises) {
    llvm::erase_if(S.Tasks, [](const RunningAccess &R) { return R.Task->List.Synchronises; });
    ++Joins;
  }
  for (const DirectAccess &A : List.Accesses)
    meet(A, S);
}

void RaceFinder::meet(const DirectAccess &A, State &S) {
  for (const RunningAccess &R : S.Tasks)
    if (R.conflictsWith(A))
      Reports.access(R, A, Current);
  // From here on the pointer leads elsewhere.
  if (A.Writes)
    llvm::erase_if(S.Tasks, [&](const RunningAccess &R) { return A.What.leadsTo(R.Access->What); });
}

void findRaces(const Analysis &Input, const DirectiveTable &Table, const ASTContext &Context,
               const Diagnostics &Diags) {
  RaceReports Reports(Table, Context, Diags);
  DeepAccesses Deep(Context);
  RaceFinder Finder(Input, Table, Deep, Context, Reports);
  llvm::SmallPtrSet<const Activation *, 8> WithTasks;
  for (const SpawnPlan &Spawn : Input.Result.Spawns)
    WithTasks.insert(Spawn.Where->In);
  for (const Activation &In : Input.Where.Activations)
    if (WithTasks.contains(&In))
      Finder.walkActivation(In);
  for (const LoopPlan &Loop : Input.Result.Loops)
    findLoopRaces(Loop, Input.Where, Table, Deep, Context, Reports);
}

} // namespace weave
