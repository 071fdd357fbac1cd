// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/InPlace.h"

using namespace clang;

namespace weave {

/// Whether the task is no more than the statement, done perhaps by another thread.
static bool isPlain(const SpawnPlan &Spawn, const Directive &D) {
  if (D.Kind != DirectiveKind::Spawn || D.Detached || D.Handle || D.Condition || !D.DependsOn.empty())
    return false;
  const auto HasOwn = [](const ListedVariable &L) { return L.How == Sharing::Private || L.How == Sharing::Move; };
  // A copy that the task only reads may as well be the variable, as in the serial program.
  return llvm::none_of(D.Listed, HasOwn) &&
         llvm::none_of(Spawn.Captures, [](const Capture &C) { return C.Changeable; });
}

bool runsInPlace(const SpawnPlan &Spawn, ArrayRef<const Site *> Awaiters, const Block &Last,
                 const DirectiveTable &Table) {
  const Site &S = *Spawn.Where;
  const auto *Around = S.Path.size() < 2 ? nullptr : dyn_cast<CompoundStmt>(S.Path[S.Path.size() - 2]);
  if (!Around || !isPlain(Spawn, Table[S.Index]))
    return false;
  const auto Behind = std::next(llvm::find(Around->body(), S.Statement));
  for (const Stmt *Next : llvm::make_range(Behind, Around->body_end())) {
    const auto Index = directiveOf(*Next);
    if (!Index && isa<NullStmt>(Next) && !cast<NullStmt>(Next)->hasLeadingEmptyMacro())
      continue;
    if (!Index || !Table[*Index].standsAlone())
      return false;
    const auto IsIt = [&](const Site *Sync) { return Sync->Statement == Next; };
    if (Table[*Index].Kind == DirectiveKind::Sync && (Table[*Index].Awaited.empty() || llvm::any_of(Awaiters, IsIt)))
      return true;
  }
  return Last.Node == Around;
}

} // namespace weave
