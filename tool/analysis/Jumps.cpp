// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/Jumps.h"
#include "Diagnostics.h"
#include "analysis/LoopForm.h"

using namespace clang;

namespace weave {

static StringRef spelling(JumpKind Kind) {
  switch (Kind) {
  case JumpKind::Return:
    return "return";
  case JumpKind::Break:
    return "break";
  case JumpKind::Continue:
    return "continue";
  case JumpKind::Goto:
    return "goto";
  case JumpKind::Case:
    return "case";
  case JumpKind::CoAwait:
    return "co_await";
  case JumpKind::CoYield:
    return "co_yield";
  case JumpKind::CoReturn:
    return "co_return";
  }
  llvm_unreachable("unknown kind of jump");
}

static bool isLeftBy(const Site &Loop, const Jump &J, const DirectiveTable &Table, const ASTContext &Context) {
  return Loop.makesLoop() && J.Kind == JumpKind::Break &&
         llvm::is_contained(parallelLoops(Table[Loop.Index], Loop.Attached, Context), J.To);
}

const Site *cancelledLoop(const Site &Cancel, const Structure &Where, const DirectiveTable &Table,
                          const ASTContext &Context) {
  const auto Left = llvm::find_if(Where.Jumps, [&](const Jump &J) { return J.From == Cancel.Attached.Subject; });
  if (Left == Where.Jumps.end())
    return nullptr;
  const auto Loop = llvm::find_if(Where.Sites, [&](const Site &S) { return isLeftBy(S, *Left, Table, Context); });
  return Loop == Where.Sites.end() ? nullptr : &*Loop;
}

/// The jumps that end loops.
static llvm::SmallPtrSet<const Stmt *, 4> checkCancels(const Structure &Where, const DirectiveTable &Table, const ASTContext &Context,
                                                       const Diagnostics &Diags) {
  llvm::SmallPtrSet<const Stmt *, 4> Jumps;
  for (const Site &S : Where.Sites) {
    const Directive &D = Table[S.Index];
    if (D.Kind != DirectiveKind::Cancel)
      continue;
    Jumps.insert(S.Attached.Subject);
    const Site *Loop = cancelledLoop(S, Where, Table, Context);
    if (!Loop) {
      Diags.report(D.Begin, Diag::cancel_outside);
      continue;
    }
    const Directive &Of = Table[Loop->Index];
    const StringRef Clause = Of.Staged ? "staged" : Of.Collapse ? "collapse" : Of.Reproducible ? "reproducible" : "";
    if (Clause.empty())
      continue;
    Diags.report(D.Begin, Diag::cancel_clause) << Clause;
    noteDirective(*Loop, Table, Diags);
  }
  return Jumps;
}

void checkJumps(const Structure &Where, const DirectiveTable &Table, const ASTContext &Context,
                const Diagnostics &Diags) {
  const auto Cancelling = checkCancels(Where, Table, Context, Diags);
  llvm::DenseMap<const Function *, SmallVector<const Site *>> Constructs;
  for (const Site &S : Where.Sites)
    if (S.Inner || Table[S.Index].isScope())
      Constructs[S.In->In].push_back(&S);
  for (const Jump &J : Where.Jumps) {
    if (J.In->IsCoroutine || Cancelling.contains(J.From))
      continue; // an error of its own, or none
    // The innermost construct that the jump crosses is the one to name.
    const auto Own = Constructs.find(J.In);
    if (Own == Constructs.end())
      continue;
    for (const Site *Construct : llvm::reverse(Own->second)) {
      const Site &S = *Construct;
      const bool IsScope = Table[S.Index].isScope();
      const bool IsLoop = S.Inner && S.Inner->Kind == ActivationKind::Loop;
      const Span Body = Where.span(S.Attached.Subject);
      const bool From = Body.contains(Where.span(J.From).Begin);
      const bool To = J.To && Body.contains(Where.span(J.To).Begin);
      if (!IsScope && From &&
          (!To || isLeftBy(S, J, Table, Context)))
        Diags.report(J.From->getBeginLoc(), Diag::jump_out) << spelling(J.Kind) << IsLoop;
      else if (!From && To)
        Diags.report(J.To->getBeginLoc(), Diag::jump_in) << (J.Kind == JumpKind::Case) << (IsScope ? 2 : IsLoop);
      else
        continue;
      noteDirective(S, Table, Diags);
      break;
    }
  }
}

} // namespace weave
