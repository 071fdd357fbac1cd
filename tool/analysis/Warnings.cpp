// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/Warnings.h"
#include "Diagnostics.h"
#include "analysis/Accesses.h"
#include "analysis/Captures.h"
#include "analysis/CodeVisitor.h"
#include "analysis/Mutation.h"
#include "analysis/OwnWrites.h"
#include "analysis/PartialReads.h"
#include "analysis/Planner.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/MapVector.h"

using namespace clang;

namespace weave {

static constexpr uint64_t LargeCaptureBytes = 1024; // a task's memory is copied when it is stolen

namespace {

class Warner {
public:
  Warner(const Analysis &Input, const DirectiveTable &Table, const ASTContext &Context, const Diagnostics &Diags)
      : Where(Input.Where), Table(Table), Context(Context), Diags(Diags) {
    for (const Jump &J : Where.Jumps)
      if (J.Kind == JumpKind::Goto)
        WithGoto.insert(J.In);
  }

  void checkSerialised(const SpawnPlan &Spawn, ArrayRef<const Site *> Sites) const;
  void checkAliased(const SpawnPlan &Spawn, llvm::DenseMap<const Function *, OwnWrites> &Known) const;
  void checkUnused(const Site &S, ArrayRef<const Site *> Sites) const;
  void checkThreadLocal(const Site &S) const;
  void checkSize(const SpawnPlan &Spawn) const;
  void checkOrder(ArrayRef<const Site *> Sites) const;

private:
  bool isSync(const Site &S) const { return Table[S.Index].Kind == DirectiveKind::Sync; }
  bool isSyncOfAll(const Site &S) const { return isSync(S) && Table[S.Index].Awaited.empty(); }
  bool makesTasks(const Site &S) const {
    return (Table[S.Index].Kind == DirectiveKind::Spawn && !Table[S.Index].Detached) ||
           Table[S.Index].Kind == DirectiveKind::ParallelFor;
  }
  bool isSyncedLater(const Site &Spawn, const Stmt &Loop, ArrayRef<const Site *> Sites) const;
  bool isMentionedBefore(const VarDecl &V, const Site &S) const;

  const Structure &Where;
  const DirectiveTable &Table;
  const ASTContext &Context;
  const Diagnostics &Diags;
  llvm::SmallPtrSet<const Function *, 4> WithGoto;
};

bool isLoop(const Stmt *S) { return isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(S); }

const Stmt *innermostLoop(const Site &S) {
  for (const Stmt *Parent : llvm::reverse(ArrayRef(S.Path).drop_back()))
    if (isLoop(Parent))
      return Parent;
  return nullptr;
}

} // namespace

bool Warner::isSyncedLater(const Site &Spawn, const Stmt &Loop, ArrayRef<const Site *> Sites) const {
  return llvm::any_of(Sites, [&](const Site *S) {
    const Span At = Where.span(S->Statement);
    return isSync(*S) && Where.span(&Loop).contains(At) && At.Begin > Where.span(Spawn.Statement).Begin;
  });
}

void Warner::checkSerialised(const SpawnPlan &Spawn, ArrayRef<const Site *> Sites) const {
  const Site &S = *Spawn.Where;
  const Stmt *Loop = innermostLoop(S);
  if (!Loop || Loop == S.In->Root || isSyncedLater(S, *Loop, Sites))
    return;
  const Span Inside = Where.span(Loop);
  const Stmt *Joined = Spawn.InPlace ? S.Path[S.Path.size() - 2] : Spawn.Owner->In.Node;
  if (!Inside.contains(Where.span(Joined)) || Joined == Loop)
    return;
  const auto HomeInLoop = [&](const VarDecl *V) -> const Home * {
    const Home *At = Where.home(V);
    const auto *For = dyn_cast<ForStmt>(Loop);
    const bool IsIts = At && Inside.contains(Where.span(At->Scope)) && !(For && At->Declaration == For->getInit());
    return IsIts ? At : nullptr;
  };
  for (const BorrowedObject &B : Spawn.Borrowed) {
    const VarDecl *V = B.Object;
    const StringRef Name = B.name();
    if (!HomeInLoop(V))
      continue;
    const Directive &D = Table[S.Index];
    Diags.report(D.Begin, Diag::serialised) << Name;
    Diags.report(V->getLocation(), Diag::serialised_declared) << Name;
    const Mutation Writes(*S.Statement, S.In->In->Decl->isDependentContext());
    const bool IsItself = V == B.By || isa<BindingDecl>(B.By);
    if (IsItself && !Writes.isWritten(*B.By)) {
      const CXXRecordDecl *Record = B.By->getType()->getAsCXXRecordDecl();
      const bool IsMoveOnly = Record && !Record->hasSimpleCopyConstructor() && Record->hasMoveConstructor() &&
                              !Record->hasUserDeclaredCopyConstructor() && !Record->needsImplicitCopyConstructor();
      const StringRef Clause = IsMoveOnly ? "move" : "firstprivate";
      Diags.report(D.End, Diag::serialised_copy)
          << Name << Clause << FixItHint::CreateInsertion(D.NextClause, (" " + Clause + "(" + Name + ")").str());
    } else {
      Diags.report(V->getLocation(), Diag::serialised_outside) << Name;
    }
    return;
  }
}

/// Neither a copy nor a reference is right for certain, if the task and its function both change the variable.
void Warner::checkAliased(const SpawnPlan &Spawn, llvm::DenseMap<const Function *, OwnWrites> &Known) const {
  for (const Capture &C : Spawn.Captures) {
    if (C.Why != CaptureReason::Aliased && C.Why != CaptureReason::LetOut)
      continue;
    const Function *In = Spawn.Where->In->In;
    const OwnWrites &Own = Known.try_emplace(In, *In, Where, Table).first->second;
    if (const Expr *Write = Own.beforeJoin(*C.Variable, *Spawn.Where)) {
      Diags.report(Write->getExprLoc(), Diag::aliased) << C.Variable << (C.Why == CaptureReason::LetOut);
      noteDirective(*Spawn.Where, Table, Diags);
    }
  }
}

/// Whether a spawn of the same activation can come before the sync: above it, or below it in a loop around both.
void Warner::checkUnused(const Site &S, ArrayRef<const Site *> Sites) const {
  if (!isSync(S) || Table[S.Index].OpenMP || WithGoto.contains(S.In->In))
    return;
  const unsigned Here = Where.span(S.Statement).Begin;
  // What an earlier sync of the same block waits for, on every way to this one, is gone.
  unsigned From = 0;
  for (const Site *Other : Sites)
    if (const unsigned There = Where.span(Other->Statement).Begin;
        isSyncOfAll(*Other) && There < Here && ArrayRef(Other->Path).drop_back() == ArrayRef(S.Path).drop_back())
      From = std::max(From, There);
  const auto IsAround = [&](const Stmt *Parent) { return isLoop(Parent) && Where.span(Parent).Begin > From; };
  const Stmt *Outermost = nullptr;
  for (const Stmt *Parent : S.Path)
    if (!Outermost && IsAround(Parent))
      Outermost = Parent;
  for (const Site *Spawn : Sites) {
    const unsigned At = Where.span(Spawn->Statement).Begin;
    if (makesTasks(*Spawn) && ((At > From && At < Here) || (Outermost && Where.span(Outermost).contains(At))))
      return;
  }
  Diags.report(Table[S.Index].Begin, Diag::unused_task)
      << FixItHint::CreateRemoval(CharSourceRange::getCharRange(Table[S.Index].Begin, Table[S.Index].End));
}

namespace {

class ThreadLocalFinder : public CodeVisitor {
public:
  bool TraverseStmt(Stmt *S) override {
    // A nested directive is asked for itself.
    if (const auto *Attributed = dyn_cast_or_null<AttributedStmt>(S); Attributed && directiveOf(*Attributed))
      return true;
    return !S || isa<LambdaExpr>(S) || CodeVisitor::TraverseStmt(S);
  }
  bool VisitDeclRefExpr(DeclRefExpr *E) override {
    const auto *V = dyn_cast<VarDecl>(E->getDecl());
    if (V && V->getTLSKind() != VarDecl::TLS_None && Seen.insert(V).second)
      Found.push_back(E);
    return true;
  }

  SmallVector<const DeclRefExpr *, 2> Found;

private:
  llvm::SmallPtrSet<const VarDecl *, 2> Seen;
};

} // namespace

void Warner::checkThreadLocal(const Site &S) const {
  const bool IsLoop = Table[S.Index].Kind == DirectiveKind::ParallelFor;
  if (!S.Inner || S.AsTask)
    return;
  ThreadLocalFinder Finder;
  Finder.TraverseStmt(S.Attached.Subject);
  for (const DeclRefExpr *E : Finder.Found) {
    Diags.report(E->getLocation(), Diag::thread_local_use) << E->getDecl()->getName() << IsLoop;
    noteDirective(S, Table, Diags);
  }
}

void Warner::checkSize(const SpawnPlan &Spawn) const {
  uint64_t Total = 0, Most = 0;
  const ValueDecl *Largest = nullptr;
  for (const Capture &C : Spawn.Captures) {
    if (C.Mode == CaptureMode::Reference || !C.Variable)
      continue;
    const QualType Type = C.Variable->getType().getNonReferenceType();
    if (Type->isDependentType() || Type->isUndeducedType() || Type->isIncompleteType() || hasVariableLength(Type))
      continue;
    const uint64_t Bytes = Context.getTypeSizeInChars(Type).getQuantity();
    Total += Bytes;
    if (Bytes > Most) {
      Most = Bytes;
      Largest = C.Variable;
    }
  }
  if (Total > LargeCaptureBytes)
    Diags.report(Table[Spawn.Where->Index].Begin, Diag::large_capture)
        << std::to_string(Total) << Largest->getName() << std::to_string(Most);
}

/// Whether anything but the declaration of the variable, and that without a value, comes before the directive.
bool Warner::isMentionedBefore(const VarDecl &V, const Site &S) const {
  if (V.getInit() && !isa<CXXConstructExpr>(V.getInit()->IgnoreImplicit()))
    return true;
  class Mention : public CodeVisitor {
  public:
    Mention(const VarDecl &V, const SourceManager &SM, SourceLocation Limit) : V(V), SM(SM), Limit(Limit) {}
    bool VisitDeclRefExpr(DeclRefExpr *E) override {
      if (E->getDecl() == &V && SM.isBeforeInTranslationUnit(E->getLocation(), Limit))
        Found = true;
      return !Found;
    }
    bool Found = false;

  private:
    const VarDecl &V;
    const SourceManager &SM;
    const SourceLocation Limit;
  } Finder(V, Context.getSourceManager(), Table[S.Index].Begin);
  Finder.TraverseStmt(const_cast<Stmt *>(S.In->Root));
  return Finder.Found;
}

void Warner::checkOrder(ArrayRef<const Site *> Sites) const {
  struct Named {
    const Site *Task;
    Access Mode;
    Place What;
    bool IsSection; ///< Somewhere in it.
  };
  SmallVector<Named> All;
  for (const Site *S : Sites)
    for (auto [Operand, Value] :
         llvm::zip(Table[S->Index].DependsOn, operandsOf(Table[S->Index], S->Attached).DependsOn))
      if (auto What = placeOf(*Value, Context)) {
        What->Path.truncate(What->Path.size() - std::min(What->Path.size(), Operand.Subscripts.size()));
        All.push_back({S, Operand.Mode, std::move(*What), Operand.isSection()});
      }
  for (size_t I = 0; I < All.size(); ++I) {
    const auto *V = dyn_cast_or_null<VarDecl>(All[I].What.Variable);
    const Home *At = V ? Where.home(V) : nullptr;
    if (All[I].Mode != Access::In || All[I].IsSection || !At || isMentionedBefore(*V, *All[I].Task))
      continue;
    const auto Writes = [&](const Named &N) { return N.Mode != Access::In && N.What.overlaps(All[I].What); };
    if (llvm::any_of(ArrayRef(All).take_front(I), Writes))
      continue;
    for (const Named &Later : ArrayRef(All).drop_front(I + 1)) {
      if (!Writes(Later) || Later.IsSection || Later.Task == All[I].Task)
        continue;
      // In a loop around both, the later one comes first in the second iteration.
      const bool IsInLoop = llvm::any_of(All[I].Task->Path, [&](const Stmt *Parent) {
        return isLoop(Parent) && !Where.span(Parent).contains(Where.span(V ? At->Scope : Parent));
      });
      if (IsInLoop)
        break;
      Diags.report(Table[All[I].Task->Index].Begin, Diag::depend_order) << All[I].What.Name;
      Diags.report(Table[Later.Task->Index].Begin, Diag::depend_later);
      break;
    }
  }
}

void warn(const Analysis &Input, const DirectiveTable &Table, const ASTContext &Context, const Diagnostics &Diags) {
  const Warner W(Input, Table, Context, Diags);
  llvm::MapVector<const Activation *, SmallVector<const Site *>> Sites; // in the order of the text
  for (const Site &S : Input.Where.Sites) {
    Sites[S.In].push_back(&S);
    W.checkThreadLocal(S);
  }
  llvm::DenseMap<const Function *, OwnWrites> Writes;
  for (const SpawnPlan &Spawn : Input.Result.Spawns) {
    if (Spawn.Owner || Spawn.InPlace)
      W.checkSerialised(Spawn, Sites[Spawn.Where->In]);
    if (Spawn.Owner)
      W.checkAliased(Spawn, Writes);
    if (!Spawn.InPlace)
      W.checkSize(Spawn);
  }
  for (const LoopPlan &Loop : Input.Result.Loops)
    findPartialReads(Loop, Table, Context, Diags);
  for (const SyncPlan &Sync : Input.Result.Syncs)
    W.checkUnused(*Sync.Where, Sites[Sync.Where->In]);
  for (const auto &[In, Own] : Sites)
    W.checkOrder(Own);
}

} // namespace weave
