// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/Races.h"
#include "Diagnostics.h"
#include "analysis/Accesses.h"
#include "analysis/Captures.h"
#include "analysis/Planner.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Lex/Lexer.h"
#include "llvm/Support/SaveAndRestore.h"
#include <set>

using namespace clang;

namespace weave {

namespace {

/// What a spawned statement does to variables that others can see.
struct TaskAccesses {
  const SpawnPlan *Plan;
  AccessList List;
  bool IsOrdered; ///< It names what it depends on.
};

/// An access of a task that has not been joined.
struct Running {
  const TaskAccesses *Task;
  const DirectAccess *Access;
  unsigned Serial;       ///< Increases from spawn to spawn.
  bool Doubtful;         ///< Control may have come here without this spawn.
  bool DoubtfulInLoop;   ///< It is not spawned in every iteration of the innermost loop.
  bool Earlier = false;  ///< Spawned in an earlier iteration.
};

struct State {
  SmallVector<Running, 8> Tasks;
  bool Dead = false;    ///< Control does not come here.
  bool Certain = true;  ///< Every iteration of the innermost loop comes here.
};

class RaceFinder {
public:
  RaceFinder(const Analysis &Input, const DirectiveTable &Table, ASTContext &Context, const Diagnostics &Diags);

  void walkActivation(const Activation &In) {
    State S;
    walk(In.Root, S);
  }
  void checkLoop(const LoopPlan &Loop);

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

  /// What an arm of a branch can be sure of.
  static State armOf(const State &S) {
    State Arm = S;
    llvm::erase_if(Arm.Tasks, [](const Running &R) { return R.Doubtful || R.Access->Conditional; });
    Arm.Certain = false;
    return Arm;
  }
  /// The state behind a branch, given that before it and those at the ends of its arms.
  void merge(State &Before, ArrayRef<State> Arms, unsigned Serial, unsigned Joins) const;
  bool isDeclaredIn(const ValueDecl *D, const Stmt &Loop) const;

  bool isNews(SourceLocation A, SourceLocation B) {
    return Said.insert({A.getRawEncoding(), B.getRawEncoding()}).second;
  }
  void reportAccess(const Running &R, const DirectAccess &A);
  void reportTasks(const Running &R, const TaskAccesses &Later, const DirectAccess &A);
  void offerSync();

  const Analysis &Input;
  const DirectiveTable &Table;
  ASTContext &Context;
  const Diagnostics &Diags;
  llvm::DenseMap<const Stmt *, const Site *> Sites;
  llvm::DenseMap<const Site *, TaskAccesses> Tasks;
  llvm::DenseMap<const Stmt *, SmallVector<const Frame *, 1>> JoinedAt;
  std::set<std::pair<unsigned, unsigned>> Said;
  const Stmt *Current = nullptr; ///< The statement of a block that the walk is in.
  bool Repeating = false;        ///< In the second walk over a loop.
  unsigned Serials = 0, Joins = 0;
  std::optional<State> SwitchEntry;
};

} // namespace

RaceFinder::RaceFinder(const Analysis &Input, const DirectiveTable &Table, ASTContext &Context,
                       const Diagnostics &Diags)
    : Input(Input), Table(Table), Context(Context), Diags(Diags) {
  for (const Site &S : Input.Where.Sites)
    Sites[S.Statement] = &S;
  for (const Frame &F : Input.Result.Frames)
    JoinedAt[F.In.Node].push_back(&F);
  for (const SpawnPlan &Spawn : Input.Result.Spawns) {
    TaskAccesses New{&Spawn, collectAccesses(*Spawn.Where->Attached.Subject, Context),
                     !Table[Spawn.Where->Index].DependsOn.empty()};
    llvm::erase_if(New.List.Accesses, [&](const DirectAccess &A) {
      return llvm::any_of(Spawn.Captures, [&](const Capture &C) {
        return C.Variable && C.Variable == A.What.Variable && C.Mode != CaptureMode::Reference;
      });
    });
    if (const VarDecl *V = Spawn.Where->Declared)
      New.List.Accesses.push_back({{V, {}, V->getNameAsString()}, true, false, V->getLocation(), nullptr});
    Tasks[Spawn.Where] = std::move(New);
  }
}

void RaceFinder::walk(const Stmt *Node, State &S) {
  if (!Node)
    return;
  walkNode(Node, S);
  if (const auto Ends = JoinedAt.find(Node); Ends != JoinedAt.end())
    llvm::erase_if(S.Tasks,
                   [&](const Running &R) { return llvm::is_contained(Ends->second, R.Task->Plan->Owner); });
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

void RaceFinder::merge(State &Before, ArrayRef<State> Arms, unsigned Serial, unsigned JoinsBefore) const {
  const auto IsAlive = [](const State &Arm) { return !Arm.Dead; };
  State After = llvm::all_of(Arms, IsAlive) ? Before : armOf(Before);
  After.Certain = Before.Certain && llvm::all_of(Arms, IsAlive);
  After.Dead = llvm::none_of(Arms, IsAlive);
  if (After.Dead || Joins != JoinsBefore)
    After.Tasks.clear();
  for (const State &Arm : Arms)
    for (Running R : Arm.Tasks)
      if (!Arm.Dead && R.Serial > Serial) {
        R.Doubtful = R.DoubtfulInLoop = true;
        After.Tasks.push_back(R);
      }
  Before = std::move(After);
}

void RaceFinder::walkIf(const IfStmt &If, State &S) {
  walk(If.getInit(), S);
  walk(If.getConditionVariableDeclStmt(), S);
  use(If.getCond(), S);
  if (const auto Decided = constantCondition(If.getCond(), Context))
    return walk(*Decided ? If.getThen() : If.getElse(), S);
  const unsigned Serial = Serials, JoinsBefore = Joins;
  State Arms[] = {armOf(S), armOf(S)};
  walk(If.getThen(), Arms[0]);
  walk(If.getElse(), Arms[1]);
  merge(S, Arms, Serial, JoinsBefore);
}

bool RaceFinder::isDeclaredIn(const ValueDecl *D, const Stmt &Loop) const {
  if (const auto *Binding = dyn_cast_or_null<BindingDecl>(D))
    D = dyn_cast_or_null<VarDecl>(Binding->getDecomposedDecl());
  const auto *V = dyn_cast_or_null<VarDecl>(D);
  const Home *At = V ? Input.Where.home(V) : nullptr;
  if (!At || !Input.Where.span(&Loop).contains(Input.Where.span(At->Scope)))
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
  State Round = RunsAtLeastOnce ? S : armOf(S);
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
    llvm::erase_if(Next.Tasks, [&](const Running &R) {
      return R.Doubtful || R.DoubtfulInLoop || isDeclaredIn(R.Access->What.Variable, Loop);
    });
    for (Running &R : Next.Tasks)
      R.Earlier |= R.Serial > Serial;
    Test(Next);
    if (!Repeating) {
      llvm::SaveAndRestore Saved(Repeating, true);
      Next.Certain = true;
      walk(Body, Next);
    }
  }
  for (Running &R : Round.Tasks)
    R.Earlier = false;
  // A loop that joins may have been left just after it did.
  if (Joins != JoinsBefore)
    Round.Tasks.clear();
  const State Arms[] = {std::move(Round)};
  merge(S, Arms, Serial, JoinsBefore);
  S.Dead = false;
  S.Certain = WasCertain;
}

void RaceFinder::walkSwitch(const SwitchStmt &Switch, State &S) {
  walk(Switch.getInit(), S);
  walk(Switch.getConditionVariableDeclStmt(), S);
  use(Switch.getCond(), S);
  const unsigned JoinsBefore = Joins;
  State Arm = armOf(S);
  llvm::SaveAndRestore Saved(SwitchEntry, std::optional(Arm));
  walk(Switch.getBody(), Arm);
  if (Joins != JoinsBefore)
    S.Tasks.clear();
  S = armOf(S); // some case may have returned; and what one spawns, no other has
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
    S = armOf(S);
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
    if (const auto Task = Tasks.find(&Here); Task != Tasks.end())
      spawn(Task->second, S);
    return;
  case DirectiveKind::ParallelFor: {
    State Inside = armOf(S);
    use(Here.Attached.Subject, Inside);
    return;
  }
  default:
    return;
  }
}

static bool conflicts(const Running &R, const DirectAccess &A) {
  return (R.Access->Writes || A.Writes) && !((R.Doubtful || R.Access->Conditional) && A.Conditional) &&
         R.Access->What.overlaps(A.What);
}

void RaceFinder::spawn(const TaskAccesses &Task, State &S) {
  const bool IsConditional = Table[Task.Plan->Where->Index].Condition.has_value();
  ++Serials;
  for (const Running &R : S.Tasks) {
    if ((R.Task->IsOrdered && Task.IsOrdered) || (R.Task->List.Synchronises && Task.List.Synchronises))
      continue;
    for (const DirectAccess &A : Task.List.Accesses)
      if (conflicts(R, A)) {
        reportTasks(R, Task, A);
        break;
      }
  }
  for (const DirectAccess &A : Task.List.Accesses)
    S.Tasks.push_back({&Task, &A, Serials, IsConditional, !S.Certain});
}

void RaceFinder::use(const Stmt *Code, State &S) {
  if (!Code || S.Tasks.empty())
    return;
  const AccessList List = collectAccesses(*Code, Context);
  if (List.WaitsForTasks) {
    S.Tasks.clear();
    ++Joins;
  } else if (List.Synchronises) {
    llvm::erase_if(S.Tasks, [](const Running &R) { return R.Task->List.Synchronises; });
    ++Joins;
  }
  for (const DirectAccess &A : List.Accesses)
    for (const Running &R : S.Tasks)
      if (conflicts(R, A))
        reportAccess(R, A);
}

/// A statement of a block that begins its line can have a sync in front of it.
void RaceFinder::offerSync() {
  if (!Current)
    return;
  const SourceManager &SM = Context.getSourceManager();
  const SourceLocation Begin = Current->getBeginLoc();
  if (Begin.isMacroID())
    return;
  const auto [File, Offset] = SM.getDecomposedLoc(Begin);
  const StringRef Before = SM.getBufferData(File).take_front(Offset);
  const StringRef Indent = Before.substr(Before.rfind('\n') + 1);
  if (!Indent.trim(" \t").empty())
    return;
  Diags.report(Begin, Diag::race_sync) << FixItHint::CreateInsertion(Begin.getLocWithOffset(-int(Indent.size())),
                                                                      "#pragma weave sync\n");
}

void RaceFinder::reportAccess(const Running &R, const DirectAccess &A) {
  if (!isNews(R.Task->Plan->Where->Statement->getBeginLoc(), A.Where))
    return;
  Diags.report(A.Where, Diag::race_access) << A.What.Name << A.Writes << R.Access->Writes;
  Diags.report(Table[R.Task->Plan->Where->Index].Begin, Diag::race_task_here);
  offerSync();
}

void RaceFinder::reportTasks(const Running &R, const TaskAccesses &Later, const DirectAccess &A) {
  const SourceLocation Earlier = Table[R.Task->Plan->Where->Index].Begin;
  const SourceLocation Here = Table[Later.Plan->Where->Index].Begin;
  if (!isNews(Earlier, Here))
    return;
  const bool IsSelf = R.Task == &Later && R.Earlier;
  Diags.report(A.Where, IsSelf ? Diag::race_self : Diag::race_sibling)
      << (A.Writes ? A : *R.Access).What.Name << A.Writes << R.Access->Writes;
  Diags.report(Here, Diag::race_task_here);
  if (!IsSelf)
    Diags.report(R.Access->Where, Diag::race_other_here) << R.Access->Writes;
}

/// Whether the text shows that a loop has at most one iteration.
static bool runsOnce(const LoopForm &Form, const ASTContext &Context) {
  if (Form.First->isValueDependent() || Form.Last->isValueDependent())
    return false;
  const auto First = Form.First->getIntegerConstantExpr(Context), Last = Form.Last->getIntegerConstantExpr(Context);
  if (!First || !Last)
    return false;
  const llvm::APSInt Distance = *Last - First->extOrTrunc(Last->getBitWidth());
  return Distance.abs().ule(Form.Relation == Bound::LessEqual || Form.Relation == Bound::GreaterEqual ? 0 : 1);
}

void RaceFinder::checkLoop(const LoopPlan &Loop) {
  const Directive &D = Table[Loop.Where->Index];
  const AccessList List = collectAccesses(*Loop.Form.Loop->getBody(), Context);
  if (List.Synchronises || runsOnce(Loop.Form, Context))
    return;
  // A reduction has an accumulator of its own in each piece of the loop, and so has what is listed as private.
  llvm::SmallPtrSet<const ValueDecl *, 4> Own;
  const ClauseOperands Operands = operandsOf(D, Loop.Where->Attached);
  for (const Expr *E : Operands.Reductions)
    Own.insert(ownerOfBytes(*E));
  for (auto [Clause, E] : llvm::zip(D.Listed, Operands.Listed))
    if (Clause.How != Sharing::Shared)
      Own.insert(ownerOfBytes(*E));
  for (const DirectAccess &A : List.Accesses) {
    const auto Captured = llvm::find_if(
        Loop.Captures, [&](const Capture &C) { return C.Variable && C.Variable == A.What.Variable; });
    const auto *V = dyn_cast_or_null<VarDecl>(A.What.Variable);
    const bool IsShared = Captured != Loop.Captures.end() ? Captured->Mode == CaptureMode::Reference
                                                          : !A.What.Variable || (V && V->hasGlobalStorage());
    if (!A.Writes || A.Conditional || !IsShared || (A.What.Variable && Own.contains(A.What.Variable)) || !isNews(D.Begin, A.Where))
      continue;
    Diags.report(A.Where, Diag::race_loop) << A.What.Name;
    const auto *Compound = dyn_cast_or_null<CompoundAssignOperator>(A.Writer);
    const auto *Step = dyn_cast_or_null<UnaryOperator>(A.Writer);
    StringRef Op = Step && Step->isIncrementOp() ? "+" : "";
    if (Compound)
      Op = llvm::StringSwitch<StringRef>(Compound->getOpcodeStr())
               .Case("+=", "+")
               .Case("*=", "*")
               .Case("&=", "&")
               .Case("|=", "|")
               .Case("^=", "^")
               .Default("");
    if (V && A.What.Path.empty() && !Op.empty()) {
      const std::string Clause = (" reduction(" + Op + ": " + A.What.Name + ")").str();
      Diags.report(D.Begin, Diag::race_reduction)
          << StringRef(Clause).ltrim() << FixItHint::CreateInsertion(D.End, Clause);
    } else {
      noteDirective(*Loop.Where, Table, Diags);
    }
  }
}

void findRaces(const Analysis &Input, const DirectiveTable &Table, ASTContext &Context, const Diagnostics &Diags) {
  RaceFinder Finder(Input, Table, Context, Diags);
  llvm::SmallPtrSet<const Activation *, 8> WithTasks;
  for (const SpawnPlan &Spawn : Input.Result.Spawns)
    WithTasks.insert(Spawn.Where->In);
  for (const Activation &In : Input.Where.Activations)
    if (WithTasks.contains(&In))
      Finder.walkActivation(In);
  for (const LoopPlan &Loop : Input.Result.Loops)
    Finder.checkLoop(Loop);
}

} // namespace weave
