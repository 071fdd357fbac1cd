// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the tasks that may be running at a point of the text access.
#ifndef WEAVE_TOOL_ANALYSIS_RUNNINGACCESSES_H
#define WEAVE_TOOL_ANALYSIS_RUNNINGACCESSES_H

#include "analysis/DeepAccesses.h"
#include "analysis/Plan.h"

namespace weave {

/// What a spawned statement does to variables that others can see.
struct TaskAccesses {
  TaskAccesses(const SpawnPlan &Plan, const DirectiveTable &Table, DeepAccesses &Deep);

  const SpawnPlan *Plan;
  AccessList List;
  bool IsOrdered; ///< It names what it depends on.
};

/// An access of a task that has not been joined.
struct RunningAccess {
  const TaskAccesses *Task;
  const DirectAccess *Access;
  unsigned Serial;      ///< Increases from spawn to spawn.
  bool Doubtful;        ///< Control may have come here without this spawn.
  bool DoubtfulInLoop;  ///< It is not spawned in every iteration of the innermost loop.
  bool Earlier = false; ///< Spawned in an earlier iteration.

  /// Whether the two race. Of two that both depend on a condition nobody knows.
  bool conflictsWith(const DirectAccess &Other) const;
  /// Whether that rests on what a function may do whose body nobody sees.
  bool isSuspectedWith(const DirectAccess &Other) const;
};

/// The state of the walk.
struct RunningAccesses {
  llvm::SmallVector<RunningAccess, 8> Tasks;
  bool Dead = false;   ///< Control does not come here.
  bool Certain = true; ///< Every iteration of the innermost loop comes here.

  /// What an arm of a branch that begins here can be sure of.
  RunningAccesses inArm() const;
  /// The state behind a branch that began here, given those at the ends of its arms and the number of the last spawn
  /// before it. A task that an arm may have joined is taken for joined.
  RunningAccesses behind(llvm::ArrayRef<RunningAccesses> Arms, unsigned LastBefore, bool MayHaveJoined) const;
};

} // namespace weave

#endif
