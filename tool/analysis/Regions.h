// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Which frames become regions: stretches that exist twice in the object code, once as the serial program.
#ifndef WEAVE_TOOL_ANALYSIS_REGIONS_H
#define WEAVE_TOOL_ANALYSIS_REGIONS_H

#include "analysis/Captures.h"
#include "analysis/Unset.h"

namespace weave {

/// Turns each frame of an activation into regions, if its spawns stand directly in its block, or in a loop of it whose
/// tasks call the function itself, and the rest of the block can be the body of a closure (docs/generated-code.md).
/// There is one region for each statement of the block that spawns.
class RegionChooser {
public:
  RegionChooser(const Structure &Where, const DirectiveTable &Table, clang::ASTContext &Context, Plan &Result)
      : Where(Where), Table(Table), Context(Context), Result(Result) {}

  /// @param Frames  those of the activation
  void choose(const Activation &In, llvm::ArrayRef<Frame *> Frames);

private:
  /// The statements of a block from one of them to its end.
  struct Stretch {
    const clang::CompoundStmt *Block;
    llvm::ArrayRef<const clang::Stmt *> Statements;
    const clang::Stmt *Spawning; ///< What stands behind the declarations that the stretch begins with.
    Span Numbers;
  };

  llvm::SmallVector<SpawnPlan *, 4> spawnsOf(const Frame &F) const;
  /// The statement of the block that holds the spawn; null if no region can begin there.
  const clang::Stmt *spawningStatement(const clang::CompoundStmt &Block, const SpawnPlan &Spawn) const;
  std::optional<Stretch> stretchOf(const Frame &F, const SpawnPlan &First) const;
  /// @param Shared  what others than the function's own statements may write
  std::optional<Region> regionOf(const Frame &F, const SpawnPlan &First, const Activation &In,
                                 const VariableSet &Shared);
  /// Whether a region makes one task, once, says no more of it, and joins it in the scope in which it was spawned.
  bool forks(const SpawnPlan &Only, const Frame &Here) const;
  /// Nothing if a jump leaves the stretch in a way that a closure cannot pass on.
  std::optional<Region::Value> valueOf(const Stretch &S, const Activation &In) const;

  const Structure &Where;
  const DirectiveTable &Table;
  clang::ASTContext &Context;
  Plan &Result;
  llvm::DenseMap<const Function *, UnsetVariables> UnsetIn;
};

} // namespace weave

#endif
