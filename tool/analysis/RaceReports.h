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
  RaceReports(const DirectiveTable &Table, const clang::SourceManager &SM, const Diagnostics &Diags)
      : Table(Table), SM(SM), Diags(Diags) {}

  /// The function itself does `A` beside a task. `Statement`: the one of a block that does so, or null.
  void access(const RunningAccess &R, const DirectAccess &A, const clang::Stmt *Statement);
  /// Two tasks, or one and its own instance of an earlier iteration.
  void tasks(const RunningAccess &R, const TaskAccesses &Later, const DirectAccess &A);
  /// Every iteration of a parallel loop does `A` to the same place.
  void loop(const LoopPlan &Loop, const DirectAccess &A);

private:
  bool isNews(clang::SourceLocation A, clang::SourceLocation B) {
    return Said.insert({A.getRawEncoding(), B.getRawEncoding()}).second;
  }
  void offerSync(const clang::Stmt *Statement);

  const DirectiveTable &Table;
  const clang::SourceManager &SM;
  const Diagnostics &Diags;
  std::set<std::pair<unsigned, unsigned>> Said;
};

} // namespace weave

#endif
