// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/TaskUses.h"
#include "analysis/CodeVisitor.h"
#include "analysis/Mutation.h"
#include "clang/AST/Expr.h"

using namespace clang;

namespace weave {

SmallVector<const Stmt *, 4> codeOf(const Site &S, const DirectiveTable &Table) {
  SmallVector<const Stmt *, 4> Code{S.Attached.Subject};
  if (S.makesTask()) { // of a loop, it calls what runs it
    const ClauseOperands Operands = operandsOf(Table[S.Index], S.Attached);
    llvm::append_range(Code, Operands.Bounds);
    llvm::append_range(Code, Operands.Combining);
    llvm::append_range(Code, Operands.Grainsize);
  }
  return Code;
}

/// What nested tasks say they write is written, whatever their text shows.
VariableSet TaskUses::writtenByTasksIn(const Site &S) const {
  VariableSet Written;
  for (const Site &Nested : Where.sitesIn(Where.span(S.Attached.Subject)))
    if (&Nested != &S) {
      Written.insert_range(Said.operandOwners(Nested, /*OnlyWritten=*/true));
      for (auto [V, How] : Said.listed(Nested))
        if (How == Sharing::Shared || How == Sharing::Move)
          Written.insert(V);
    }
  return Written;
}

/// A reference is but a name: what is written under one name is written under all of them.
void TaskUses::spreadToOtherNames(Uses &Found, const Site &S) const {
  const VariableSet Operands = Said.operandOwners(S, /*OnlyWritten=*/true);
  const SharingMap &Told = Said.listed(S);
  if (llvm::none_of(Found.Variables, [](const Use &U) { return U.Variable->getType()->isReferenceType(); }) &&
      llvm::none_of(Operands, [](const ValueDecl *V) { return V->getType()->isReferenceType(); }))
    return;
  const AddressFlow &Flow = Flows.of(*S.In->In);
  Objects Written;
  for (const ValueDecl *V : Operands)
    merge(Written, Flow.locate(*V));
  for (const Use &U : Found.Variables)
    if (U.Written)
      merge(Written, Flow.locate(*U.Variable));
  for (Use &U : Found.Variables)
    if (!U.Written && !Told.contains(U.Variable))
      U.Written = llvm::any_of(Flow.locate(*U.Variable), [&](const auto &O) { return Written.contains(O.first); });
}

/// Finds what keeps a copy from doing.
void TaskUses::findTellingApart(Uses &Found, const Site &S) {
  const SharingMap &Told = Said.listed(S);
  for (Use &U : Found.Variables) {
    if (U.Written || Told.contains(U.Variable) || !isCheapToCopy(U.Variable->getType().getNonReferenceType(), Context))
      continue;
    const Effects &Does = effectsOf(S);
    U.Aliased = Does.mayChange(*U.Variable);
    U.LetOut = Does.letsOut(*U.Variable);
    // What the function sets later needs a copy, whatever that holds.
    U.Unset = unsetIn(*S.In->In).isPerhapsUnset(*U.Variable, S) && !ownWrites(*S.In->In).beforeJoin(*U.Variable, S);
  }
}

/// Variables with static storage that a clause makes copies of. No closure captures them unasked.
static void addCopiesOfGlobals(Uses &Found, ArrayRef<const Stmt *> Code, const SharingMap &Told) {
  class Finder : public CodeVisitor {
  public:
    Finder(Uses &Found, const SharingMap &Told) : Found(Found), Told(Told) {}
    bool VisitDeclRefExpr(DeclRefExpr *E) override {
      const auto *V = dyn_cast<VarDecl>(E->getDecl());
      if (const auto How = V && V->hasGlobalStorage() ? Told.find(V) : Told.end();
          How != Told.end() && (How->second == Sharing::Firstprivate || How->second == Sharing::Move) &&
          Seen.insert(V).second)
        Found.Variables.push_back({V, E->getLocation(), /*Expand=*/false, /*Doubtful=*/false});
      return true;
    }

  private:
    Uses &Found;
    const SharingMap &Told;
    llvm::SmallPtrSet<const VarDecl *, 2> Seen;
  } Copies(Found, Told);
  for (const Stmt *S : Code)
    Copies.TraverseStmt(const_cast<Stmt *>(S));
}

const Effects &TaskUses::effectsOf(const Site &S) {
  const auto Found = Known.find(&S);
  return Found != Known.end() ? Found->second
                              : Known.try_emplace(&S, codeOf(S, Table), Flows.of(*S.In->In), S.Declared).first->second;
}

const OwnWrites &TaskUses::ownWrites(const Function &In) {
  return Assigned.try_emplace(&In, In, Where, Table).first->second;
}

const UnsetVariables &TaskUses::unsetIn(const Function &In) { return Unset.try_emplace(&In, In, Where).first->second; }

Uses TaskUses::of(const Site &S, ArrayRef<const Stmt *> Skip, const VariableSet &Private) {
  const bool IsDependent = S.In->In->Decl->isDependentContext();
  const llvm::SmallPtrSet<const Stmt *, 4> Skipped(Skip.begin(), Skip.end());
  Uses Found = collectUses(codeOf(S, Table), Skipped, IsDependent, Context);
  addCopiesOfGlobals(Found, codeOf(S, Table), Said.listed(S));
  llvm::erase_if(Found.Variables, [&](const Use &U) { return Private.contains(U.Variable); });
  if (Found.Variables.empty())
    return Found;

  VariableSet WrittenInside = writtenByTasksIn(S);
  WrittenInside.insert_range(Said.reduced(S));
  const Mutation Writes(*S.Statement, IsDependent);
  const SharingMap &Told = Said.listed(S);
  for (Use &U : Found.Variables) {
    U.Exposed = WrittenInside.contains(U.Variable) || Writes.isExposed(*U.Variable);
    // Who asks to share a variable may write it where the text does not show; who asks for a copy writes that.
    if (const auto How = Told.find(U.Variable); How != Told.end())
      U.Written = How->second == Sharing::Shared && !U.Variable->getType().getNonReferenceType().isConstQualified();
    else
      U.Written = WrittenInside.contains(U.Variable) || Writes.isWritten(*U.Variable) ||
                  // In resolved code the text tells what is written.
                  (U.Exposed && IsDependent && unsetIn(*S.In->In).isUntouched(*U.Variable, S));
  }
  spreadToOtherNames(Found, S);
  findTellingApart(Found, S);
  return Found;
}

} // namespace weave
