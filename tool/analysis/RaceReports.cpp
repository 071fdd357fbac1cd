// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/RaceReports.h"
#include "Diagnostics.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;

namespace weave {

RaceReports::RaceReports(const DirectiveTable &Table, const ASTContext &Context, const Diagnostics &Diags)
    : Table(Table), Context(Context), SM(Context.getSourceManager()), Diags(Diags) {}

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
  Diags.report(A.Where, R.isSuspectedWith(A) ? Diag::race_access_maybe : Diag::race_access)
      << A.What.Name << A.Writes << R.Access->Writes;
  Diags.report(Table[Spawn.Index].Begin, Diag::race_task_here);
  offerSync(Statement);
}

void RaceReports::tasks(const RunningAccess &R, const TaskAccesses &Later, const DirectAccess &A) {
  const SourceLocation Earlier = Table[R.Task->Plan->Where->Index].Begin;
  const SourceLocation Here = Table[Later.Plan->Where->Index].Begin;
  if (!isNews(Earlier, Here))
    return;
  const bool IsSelf = R.Task == &Later && R.Earlier;
  const bool IsSuspected = R.isSuspectedWith(A);
  Diags.report(A.Where, IsSelf        ? IsSuspected ? Diag::race_self_maybe : Diag::race_self
                        : IsSuspected ? Diag::race_sibling_maybe
                                      : Diag::race_sibling)
      << (A.Writes ? A : *R.Access).What.Name << A.Writes << R.Access->Writes;
  Diags.report(Here, Diag::race_task_here);
  if (!IsSelf)
    Diags.report(R.Access->Where, Diag::race_other_here) << R.Access->Writes;
}

/// `if (x > best) best = x;` is a maximum, and the like.
static StringRef extremeOf(const DirectAccess &A, const ASTContext &Context) {
  const auto *Test = A.Under.empty() ? nullptr : dyn_cast<BinaryOperator>(A.Under.back().Tested->IgnoreParenImpCasts());
  if (!Test || !Test->isRelationalOp() || !A.Under.back().Holds)
    return "";
  const auto IsVariable = [&](const Expr &E) {
    const auto What = placeOf(*E.IgnoreParenImpCasts(), Context);
    return What && What->isSame(A.What);
  };
  const bool IsLess = Test->getOpcode() == BO_LT || Test->getOpcode() == BO_LE;
  if (IsVariable(*Test->getLHS()))
    return IsLess ? "max" : "min";
  return IsVariable(*Test->getRHS()) ? IsLess ? "min" : "max" : "";
}

/// The operator of a reduction that would do what an assignment does; empty if there is none.
static StringRef reductionFor(const DirectAccess &A, const ASTContext &Context) {
  if (const auto *Step = dyn_cast_or_null<UnaryOperator>(A.Writer); Step && Step->isIncrementOp())
    return "+";
  if (const auto *Compound = dyn_cast_or_null<CompoundAssignOperator>(A.Writer))
    return llvm::StringSwitch<StringRef>(Compound->getOpcodeStr(Compound->getOpcode()))
        .Case("+=", "+")
        .Case("*=", "*")
        .Case("&=", "&")
        .Case("|=", "|")
        .Case("^=", "^")
        .Default("");
  return isa_and_nonnull<BinaryOperator>(A.Writer) ? extremeOf(A, Context) : "";
}

void RaceReports::explain(const LoopPlan &Loop, const DirectAccess &A) {
  if (A.InCallee.isValid())
    Diags.report(A.InCallee, Diag::race_other_here) << A.Writes;
  const Directive &D = Table[Loop.Where->Index];
  const StringRef Op = A.InCallee.isValid() ? "" : reductionFor(A, Context);
  const auto *V = dyn_cast_or_null<VarDecl>(A.What.Variable);
  if (V && !V->isStaticLocal() && A.What.Path.empty() && !Op.empty()) {
    const std::string Clause = (" reduction(" + Op + ": " + A.What.Name + ")").str();
    Diags.report(D.Begin, Diag::race_reduction)
        << StringRef(Clause).ltrim() << FixItHint::CreateInsertion(D.NextClause, Clause);
  } else {
    noteDirective(*Loop.Where, Table, Diags);
  }
}

void RaceReports::loop(const LoopPlan &Loop, const DirectAccess &A) {
  if (!isNews(Table[Loop.Where->Index].Begin, A.Where))
    return;
  Diags.report(A.Where, Diag::race_loop) << A.What.Name;
  explain(Loop, A);
}

void RaceReports::some(const LoopPlan &Loop, const DirectAccess &A, const DirectAccess &B) {
  if (!isNews(Table[Loop.Where->Index].Begin, A.Where))
    return;
  Diags.report(A.Where, Diag::race_loop_some) << A.What.Name << B.Writes;
  if (&A != &B)
    Diags.report(B.Where, Diag::race_other_here) << B.Writes;
  explain(Loop, A);
}

void RaceReports::perhaps(const LoopPlan &Loop, const DirectAccess &A) {
  if (!isNews(Table[Loop.Where->Index].Begin, A.Where))
    return;
  Diags.report(A.Where, Diag::race_loop_maybe) << A.What.Name;
  explain(Loop, A);
}

std::string RaceReports::textOf(const ElementAccess &A) const {
  std::string Text = A.Base.Name;
  for (const Expr *Index : A.Indices)
    Text +=
        "[" +
        Lexer::getSourceText(CharSourceRange::getTokenRange(Index->getSourceRange()), SM, Context.getLangOpts()).str() +
        "]";
  return Text;
}

void RaceReports::element(const LoopPlan &Loop, const ElementAccess &A, const ElementAccess &B, bool IsCertain) {
  if (!isNews(Table[Loop.Where->Index].Begin, A.As.Where))
    return;
  Diags.report(A.As.Where, IsCertain ? Diag::race_element : Diag::race_element_maybe)
      << textOf(A) << B.As.Writes << textOf(B);
  if (&A != &B)
    Diags.report(B.As.Where, Diag::race_other_here) << B.As.Writes;
  noteDirective(*Loop.Where, Table, Diags);
}

void RaceReports::index(const LoopPlan &Loop, const ElementAccess &A) {
  if (!isNews(Table[Loop.Where->Index].Begin, A.As.Where))
    return;
  Diags.report(A.As.Where, Diag::race_index) << textOf(A);
  DirectAccess OfAll = A.As;
  OfAll.What = A.Base;
  if (A.Base.Variable && A.Base.Variable->getType()->isConstantArrayType())
    explain(Loop, OfAll);
  else
    noteDirective(*Loop.Where, Table, Diags);
}

void RaceReports::call(const LoopPlan &Loop, const CallExpr &Call, const Place &What) {
  if (!isNews(Table[Loop.Where->Index].Begin, Call.getExprLoc()))
    return;
  Diags.report(Call.getExprLoc(), Diag::race_call) << What.Name << Call.getDirectCallee()->getNameAsString();
  noteDirective(*Loop.Where, Table, Diags);
}

} // namespace weave
