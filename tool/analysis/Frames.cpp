// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/Frames.h"
#include "Diagnostics.h"
#include "clang/AST/Attr.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace weave {

FramePlacer::Join FramePlacer::defaultJoin(const Site &Spawn) const {
  const ArrayRef<const Stmt *> Path = Spawn.Path;
  if (isa<CompoundStmt>(Path[0]) && Path.size() > 1)
    return {{Block::Form::Compound, Path[0]}, Path[1]};
  return {{Block::Form::Closure, Path[0]}, Path[0]};
}

/// Whether a statement is what a directive that waits at its end stands before.
bool FramePlacer::isScope(ArrayRef<const Stmt *> Path, size_t At) const {
  const auto IsScope = [&](const Stmt &S) {
    const auto Index = directiveOf(S);
    return Index && Table[*Index].isScope();
  };
  if (IsScope(*Path[At - 1]))
    return !attachmentOf(*cast<AttributedStmt>(Path[At - 1])).Loop;
  return At > 1 && IsScope(*Path[At - 2]) && attachmentOf(*cast<AttributedStmt>(Path[At - 2])).Subject == Path[At];
}

size_t FramePlacer::closedBlock(const Site &Spawn) const {
  const ArrayRef<const Stmt *> Path = Spawn.Path;
  for (size_t I = Path.size() - 1; I > 0; --I)
    if (isScope(Path, I) ||
        (I + 1 < Path.size() && isa<CompoundStmt>(Path[I]) && isa<CXXTryStmt, CXXCatchStmt>(Path[I - 1])))
      return I;
  return 0;
}

unsigned FramePlacer::declaredAt(const VarDecl &V) const {
  const Home *At = Where.home(&V);
  return At && At->Declaration ? Where.span(At->Declaration).End : 0;
}

FramePlacer::Join FramePlacer::join(const Site &Spawn, ArrayRef<BorrowedObject> Borrowed, bool IsSyncedInBlock) const {
  const ArrayRef<const Stmt *> Path = Spawn.Path;
  const size_t Closed = closedBlock(Spawn);
  const bool HasBraces = Closed + 1 < Path.size() && isa<CompoundStmt>(Path[Closed]);
  Join Best = !Closed     ? defaultJoin(Spawn)
              : HasBraces ? Join{{Block::Form::Compound, Path[Closed]}, Path[Closed + 1]}
                          : Join{{Block::Form::Unbraced, Path[Closed]}, Path[Closed]};
  size_t Depth = Closed; // in the path
  for (const BorrowedObject &B : Borrowed) {
    const VarDecl *V = B.Object;
    const Home *At = Where.home(V);
    if (!At)
      continue;
    const auto *Found = llvm::find(Path, At->Scope);
    if (Found == Path.end() || Found + 1 == Path.end())
      continue; // declared outside the activation
    const size_t Position = Found - Path.begin();
    if (Position < Closed)
      continue;
    if (Best.Last && (Position < Depth || (Position == Depth && declaredAt(*V) < declaredAt(*Best.Last->Object))))
      continue;
    Depth = Position;
    const Stmt *Child = Path[Position + 1];
    if (isa<CompoundStmt>(At->Scope))
      Best = {{Block::Form::Compound, At->Scope}, Child, &B};
    else if (isa<CompoundStmt>(Child) && Position + 2 < Path.size())
      Best = {{Block::Form::Compound, Child}, Path[Position + 2], &B};
    else
      Best = {{Block::Form::Unbraced, Child}, Child, &B};
  }
  if (IsSyncedInBlock && Depth + 2 < Path.size())
    return {{Block::Form::Compound, Path[Path.size() - 2]}, Path.back()};
  return Best;
}

const Jump *FramePlacer::jumpInto(Span Stretch, const Function &In) const {
  for (const Jump &J : Where.Jumps)
    if (J.In == &In && J.To && (J.Kind == JumpKind::Goto || J.Kind == JumpKind::Case) &&
        Stretch.contains(Where.span(J.To).Begin) && !Stretch.contains(Where.span(J.From).Begin))
      return &J;
  return nullptr;
}

Frame *FramePlacer::place(const Site &Spawn, ArrayRef<BorrowedObject> Borrowed, bool IsSyncedInBlock,
                          ArrayRef<const Site *> Awaiters) {
  Join At = join(Spawn, Borrowed, IsSyncedInBlock);
  // A block that a jump enters (a switch, say) is no better than the one that the task would have to itself.
  if (IsSyncedInBlock && jumpInto({Where.span(At.Statement).Begin, Where.span(At.At.Node).End}, *Spawn.In->In))
    At = join(Spawn, Borrowed, /*IsSyncedInBlock=*/false);
  const Span Outer = Where.span(At.At.Node);
  const Home *LastHome = At.Last ? Where.home(At.Last->Object) : nullptr;
  const DeclStmt *Declaration = LastHome && LastHome->Scope == At.At.Node ? LastHome->Declaration : nullptr;
  const unsigned Declared = Declaration ? declaredAt(*At.Last->Object) : 0;

  // The innermost frame of the block serves if the task borrows nothing younger.
  for (Frame *Earlier : llvm::reverse(Own))
    if (Earlier->In == At.At) {
      if (Earlier->Scope.Begin <= Declared)
        break;
      if (ArrayRef(Earlier->Awaiters) == Awaiters)
        return Earlier;
    }

  Frame New{Spawn.Index,
            Spawn.In->In,
            At.At,
            Frame::Place::BeforeStatement,
            At.Statement,
            /*Guarded=*/true,
            {Where.span(At.Statement).Begin, Outer.End},
            {Awaiters.begin(), Awaiters.end()}};
  if (jumpInto(New.Scope, *Spawn.In->In)) {
    New.Guarded = false;
    if (Declaration) {
      New.At = Frame::Place::AfterDeclaration;
      New.Anchor = Declaration;
      New.Scope.Begin = Declared;
    } else {
      New.At = Frame::Place::AtStart;
      New.Anchor = At.At.Node;
      New.Scope.Begin = Outer.Begin + (At.At.As == Block::Form::Compound);
    }
    if (const Jump *Bypass = jumpInto(New.Scope, *Spawn.In->In)) {
      Diags.report(Bypass->To->getBeginLoc(), Diag::frame_bypassed) << (At.Last ? At.Last->name() : "");
      noteDirective(Spawn, Table, Diags);
      return nullptr;
    }
  }
  return Own.emplace_back(&Result.Frames.emplace_back(New));
}

/// Of two frames at one place, the later is the inner one.
bool FramePlacer::isAround(const Frame &Outer, const Frame &Inner) const {
  if (Outer.Scope.Begin == Inner.Scope.Begin)
    return llvm::find(Own, &Outer) < llvm::find(Own, &Inner);
  return Outer.Scope.Begin < Inner.Scope.Begin && Outer.Scope.contains(Inner.Scope.Begin);
}

void FramePlacer::linkGraph() {
  for (Frame *F : Own) {
    F->Graph = true;
    for (const Frame *Candidate : Own)
      if (Candidate != F && isAround(*Candidate, *F) && (!F->Outer || isAround(*F->Outer, *Candidate)))
        F->Outer = Candidate;
  }
}

SmallVector<const Frame *, 2> FramePlacer::inScope(const Stmt &S) const {
  SmallVector<const Frame *, 2> Result;
  const unsigned Number = Where.span(&S).Begin;
  for (const Frame *F : Own)
    if (F->Scope.contains(Number))
      Result.push_back(F);
  llvm::sort(Result, [&](const Frame *A, const Frame *B) { return isAround(*B, *A); });
  return Result;
}

} // namespace weave
