// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/RaceReports.h"
#include "Diagnostics.h"
#include "clang/AST/Expr.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;

namespace weave {

/// A statement of a block that begins its line can have a sync in front of it.
void RaceReports::offerSync(const Stmt *Statement) {
  if (!Statement)
    return;
  const SourceLocation Begin = Statement->getBeginLoc();
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

void RaceReports::access(const RunningAccess &R, const DirectAccess &A, const Stmt *Statement) {
  const Site &Spawn = *R.Task->Plan->Where;
  if (!isNews(Spawn.Statement->getBeginLoc(), A.Where))
    return;
  Diags.report(A.Where, Diag::race_access) << A.What.Name << A.Writes << R.Access->Writes;
  Diags.report(Table[Spawn.Index].Begin, Diag::race_task_here);
  offerSync(Statement);
}

void RaceReports::tasks(const RunningAccess &R, const TaskAccesses &Later, const DirectAccess &A) {
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

/// The operator of a reduction that would do what an assignment does; empty if there is none.
static StringRef reductionFor(const Expr *Writer) {
  if (const auto *Step = dyn_cast_or_null<UnaryOperator>(Writer); Step && Step->isIncrementOp())
    return "+";
  if (const auto *Compound = dyn_cast_or_null<CompoundAssignOperator>(Writer))
    return llvm::StringSwitch<StringRef>(Compound->getOpcodeStr())
        .Case("+=", "+")
        .Case("*=", "*")
        .Case("&=", "&")
        .Case("|=", "|")
        .Case("^=", "^")
        .Default("");
  return "";
}

void RaceReports::loop(const LoopPlan &Loop, const DirectAccess &A) {
  const Directive &D = Table[Loop.Where->Index];
  if (!isNews(D.Begin, A.Where))
    return;
  Diags.report(A.Where, Diag::race_loop) << A.What.Name;
  const StringRef Op = reductionFor(A.Writer);
  if (isa_and_nonnull<VarDecl>(A.What.Variable) && A.What.Path.empty() && !Op.empty()) {
    const std::string Clause = (" reduction(" + Op + ": " + A.What.Name + ")").str();
    Diags.report(D.Begin, Diag::race_reduction)
        << StringRef(Clause).ltrim() << FixItHint::CreateInsertion(D.NextClause, Clause);
  } else {
    noteDirective(*Loop.Where, Table, Diags);
  }
}

} // namespace weave
