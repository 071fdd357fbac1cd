// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The messages about races, each said once, with the mend where there is one.
#ifndef WEAVE_TOOL_ANALYSIS_RACEREPORTS_H
#define WEAVE_TOOL_ANALYSIS_RACEREPORTS_H

#include "analysis/RunningAccesses.h"
#include <set>

namespace weave {

class Diagnostics;

class RaceReports {
public:
  RaceReports(const DirectiveTable &Table, const clang::ASTContext &Context, const Diagnostics &Diags);

  /// The function itself does `A` beside a task. `Statement`: the one of a block that does so, or null.
  void access(const RunningAccess &R, const DirectAccess &A, const clang::Stmt *Statement);
  /// Two tasks, or one and its own instance of an earlier iteration.
  void tasks(const RunningAccess &R, const TaskAccesses &Later, const DirectAccess &A);
  /// Every iteration of a parallel loop does `A` to the same place.
  void loop(const LoopPlan &Loop, const DirectAccess &A);
  /// Some iterations do `A` while others do `B`, which may be the same.
  void some(const LoopPlan &Loop, const DirectAccess &A, const DirectAccess &B);
  /// Iterations do `A` where a condition is met, perhaps in one only.
  void perhaps(const LoopPlan &Loop, const DirectAccess &A);
  /// Two iterations meet at the same element, which the first writes.
  void element(const LoopPlan &Loop, const ElementAccess &A, const ElementAccess &B, bool IsCertain);
  /// Two iterations may write the same element.
  void index(const LoopPlan &Loop, const ElementAccess &A);
  /// A function whose body is elsewhere may change what it gets.
  void call(const LoopPlan &Loop, const clang::CallExpr &Call, const Place &What);

private:
  /// Says where a called function makes an access, and which reduction or directive it is about.
  void explain(const LoopPlan &Loop, const DirectAccess &A);
  std::string textOf(const ElementAccess &A) const;
  bool isNews(clang::SourceLocation A, clang::SourceLocation B) {
    return Said.insert({A.getRawEncoding(), B.getRawEncoding()}).second;
  }
  void offerSync(const clang::Stmt *Statement);

  const DirectiveTable &Table;
  const clang::ASTContext &Context;
  const clang::SourceManager &SM;
  const Diagnostics &Diags;
  std::set<std::pair<unsigned, unsigned>> Said;
};

} // namespace weave

#endif
