// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/Awaiters.h"
#include "Diagnostics.h"
#include "analysis/Handles.h"
#include "clang/AST/Stmt.h"

using namespace clang;

namespace weave {

bool isSyncedInBlock(const Site &Spawn, ArrayRef<const Site *> Sites, const Structure &Where,
                     const DirectiveTable &Table) {
  const auto BlockOf = [](const Site &S) {
    return S.Path.size() < 2 ? nullptr : dyn_cast<CompoundStmt>(S.Path[S.Path.size() - 2]);
  };
  const CompoundStmt *Block = BlockOf(Spawn);
  return Block && llvm::any_of(llvm::reverse(Sites), [&](const Site *S) { // the sync is often the last
           const Directive &D = Table[S->Index];
           return D.Kind == DirectiveKind::Sync && D.Awaited.empty() && BlockOf(*S) == Block &&
                  Where.span(S->Statement).Begin > Where.span(Spawn.Statement).Begin;
         });
}

AwaiterMap findAwaiters(ArrayRef<const Site *> Sites, const llvm::DenseMap<const Site *, VariableSet> &Written,
                        const AddressFlow &Flow, const DirectiveTable &Table, const Diagnostics &Diags) {
  AwaiterMap Result;
  // Names may stand for the same object.
  const auto ObjectsOf = [&](const VariableSet &Named) {
    VariableSet Found = Named;
    for (const ValueDecl *V : Named)
      for (const auto &[O, How] : Flow.locate(*V))
        if (O.getPointer())
          Found.insert(O.getPointer());
    return Found;
  };
  for (const Site *Sync : Sites) {
    const Directive &D = Table[Sync->Index];
    for (auto [Name, Operand] : llvm::zip(D.Awaited, operandsOf(D, Sync->Attached).Awaited)) {
      if (isHandle(*Operand, Name.Text, Sites, Table))
        continue;
      const ValueDecl *V = ownerOfBytes(*Operand);
      if (!V) {
        Diags.report(Name.Location, Diag::awaited_variable) << Name.Text;
        continue;
      }
      const VariableSet Objects = ObjectsOf({V});
      bool Found = false;
      for (const Site *Spawn : Sites) {
        const auto Own = Written.find(Spawn);
        if (Own == Written.end())
          continue;
        VariableSet Outputs = ObjectsOf(Own->second);
        if (llvm::none_of(Objects, [&](const ValueDecl *Object) { return Outputs.contains(Object); }))
          continue;
        Found = true;
        if (!llvm::is_contained(Result[Spawn], Sync))
          Result[Spawn].push_back(Sync);
      }
      if (!Found)
        Diags.report(Name.Location, Diag::awaited_by_nobody) << Name.Text;
    }
  }
  return Result;
}

} // namespace weave
