// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/OpenMPSharing.h"
#include "analysis/Mutation.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"

using namespace clang;

namespace weave {

OpenMPSharing::OpenMPSharing(const Structure &Where, const DirectiveTable &Table, Clauses &Said,
                             const ASTContext &Context)
    : Where(Where), Table(Table), Said(Said), Context(Context) {
  for (const Site &S : Where.Sites) {
    ByStatement.try_emplace(S.Statement, &S);
    if (S.Inner)
      MadeBy[S.Inner] = &S;
  }
}

const Site *OpenMPSharing::regionAround(const Site &S) const {
  for (const Stmt *Parent : llvm::reverse(ArrayRef(S.Path).drop_back()))
    if (const Site *Around = ByStatement.lookup(Parent); Around && Table[Around->Index].Kind == DirectiveKind::Parallel)
      return Around;
  return nullptr;
}

bool OpenMPSharing::isDeclaredIn(const ValueDecl &V, const Stmt &S) const {
  const auto *Variable = dyn_cast<VarDecl>(&V);
  if (const auto *Binding = dyn_cast<BindingDecl>(&V))
    Variable = cast<VarDecl>(Binding->getDecomposedDecl());
  const Home *At = Variable ? Where.home(Variable) : nullptr;
  return At && Where.span(&S).contains(Where.span(At->Scope));
}

/// Whether loops, which are nested directly in each other, count with a variable.
static bool countsWith(const Stmt *Loops, const ValueDecl &V) {
  while (Loops) {
    if (const auto *Block = dyn_cast<CompoundStmt>(Loops)) {
      Loops = Block->size() == 1 ? Block->body_front() : nullptr;
      continue;
    }
    const auto *For = dyn_cast<ForStmt>(Loops);
    const auto *First = For ? dyn_cast_or_null<BinaryOperator>(For->getInit()) : nullptr;
    const auto *Counter = First ? dyn_cast<DeclRefExpr>(First->getLHS()->IgnoreParens()) : nullptr;
    if (Counter && Counter->getDecl() == &V)
      return true;
    Loops = For ? For->getBody() : nullptr;
  }
  return false;
}

/// Whether a construct makes a variable of its own of it.
bool OpenMPSharing::isOwnOf(const ValueDecl &V, const Site &S) const {
  if (isDeclaredIn(V, *S.Attached.Subject) || Said.reduced(S).contains(&V) ||
      (S.makesLoop() && countsWith(S.Attached.Subject, V)))
    return true;
  const auto How = Said.listed(S).find(&V);
  return How != Said.listed(S).end() && How->second != Sharing::Shared;
}

/// Whether all constructs around share it, up to the parallel region.
bool OpenMPSharing::isSharedAround(const ValueDecl &V, const Site &S) const {
  for (const Site *Inside = &S; Inside; Inside = MadeBy.lookup(Inside->In)) {
    if (Inside != &S && isOwnOf(V, *Inside))
      return false;
    if (Inside != &S && Table[Inside->Index].OpenMP && Table[Inside->Index].OpenMP->OwnsTeam)
      return true;
    if (const Site *Region = regionAround(*Inside))
      return !isOwnOf(V, *Region);
  }
  return false; // the function may run in whose task it will
}

void OpenMPSharing::completeTask(const Site &S) {
  const Directive &D = Table[S.Index];
  if (D.ListsAll)
    return;
  const llvm::SmallPtrSet<const Stmt *, 1> Nothing;
  const Stmt *Code = S.Attached.Subject;
  const Uses Found = collectUses(Code, Nothing, S.In->In->Decl->isDependentContext(), Context);
  for (const Use &U : Found.Variables) {
    const bool IsShared = D.OpenMP->Default == DefaultSharing::Shared ||
                          (D.OpenMP->Default == DefaultSharing::ByRule && isSharedAround(*U.Variable, S));
    if (Said.listed(S).contains(U.Variable))
      continue;
    if (S.makesLoop() && (IsShared || Said.reduced(S).contains(U.Variable) || countsWith(Code, *U.Variable)))
      continue; // which our rule for loops serves
    Said.imply(S, *U.Variable, IsShared ? Sharing::Shared : Sharing::Firstprivate);
  }
}

/// It is part of the construct around it, and shares what that does.
void OpenMPSharing::completeSection(const Site &S) {
  const Site *Region = regionAround(S);
  const llvm::SmallPtrSet<const Stmt *, 1> Nothing;
  const bool IsDependent = S.In->In->Decl->isDependentContext();
  const Stmt *Code = S.Attached.Subject;
  const Mutation Writes(*S.Statement, IsDependent);
  for (const Use &U : collectUses(Code, Nothing, IsDependent, Context).Variables) {
    const bool IsOwn = Region && isOwnOf(*U.Variable, *Region) && Writes.isExposed(*U.Variable);
    Said.imply(S, *U.Variable, IsOwn ? Sharing::Firstprivate : Sharing::Shared);
  }
}

/// What a thread has for itself in the region, each piece of a loop has for itself.
void OpenMPSharing::completeLoop(const Site &S) {
  const Site *Region = regionAround(S);
  if (!Region)
    return;
  const llvm::SmallPtrSet<const Stmt *, 1> Nothing;
  const bool IsDependent = S.In->In->Decl->isDependentContext();
  const Stmt *Code = S.Attached.Subject;
  const Uses Found = collectUses(Code, Nothing, IsDependent, Context);
  const Mutation Writes(*S.Statement, IsDependent);
  for (const Use &U : Found.Variables)
    if (isOwnOf(*U.Variable, *Region) && !Said.reduced(S).contains(U.Variable) && Writes.isExposed(*U.Variable)) {
      const auto How = Said.listed(*Region).find(U.Variable);
      Said.imply(S, *U.Variable, How == Said.listed(*Region).end() ? Sharing::Private : How->second);
    }
}

void OpenMPSharing::complete(const Site &S) {
  if (!Table[S.Index].OpenMP)
    return;
  if (Table[S.Index].OpenMP->IsSection)
    completeSection(S);
  else if (S.makesTask() || Table[S.Index].OpenMP->IsTaskloop)
    completeTask(S);
  else if (S.makesLoop())
    completeLoop(S);
}

} // namespace weave
