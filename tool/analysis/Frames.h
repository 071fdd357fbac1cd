// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Join blocks: where a task must be joined at the latest, and where the frame that does it stands.
#ifndef WEAVE_TOOL_ANALYSIS_FRAMES_H
#define WEAVE_TOOL_ANALYSIS_FRAMES_H

#include "analysis/Plan.h"

namespace weave {

class Diagnostics;

/// Places the frames of one activation, task by task in the order of the text.
class FramePlacer {
public:
  FramePlacer(const Structure &Where, Plan &Result, const DirectiveTable &Table, const Diagnostics &Diags)
      : Where(Where), Result(Result), Table(Table), Diags(Diags) {}

  /// The frame for a task that borrows these objects; null after an error. If a sync follows in the block that holds
  /// the spawn, that block may join it as well as any around it. Tasks that different syncs wait for have different
  /// frames.
  Frame *place(const Site &Spawn, llvm::ArrayRef<BorrowedObject> Borrowed, bool IsSyncedInBlock,
               llvm::ArrayRef<const Site *> Awaiters);
  /// The block at whose end that frame joins.
  Block blockOf(const Site &Spawn, llvm::ArrayRef<BorrowedObject> Borrowed, bool IsSyncedInBlock) const {
    return join(Spawn, Borrowed, IsSyncedInBlock).At;
  }
  /// Turns the frames so far into those of a dependence graph.
  void linkGraph();
  /// The frames that a statement is in the scope of, innermost first.
  llvm::SmallVector<const Frame *, 2> inScope(const clang::Stmt &S) const;

  llvm::ArrayRef<Frame *> frames() const { return Own; }

private:
  struct Join {
    Block At;
    const clang::Stmt *Statement;         ///< The statement of the block that holds the spawn.
    const BorrowedObject *Last = nullptr; ///< The borrowed object of this block declared last.
  };
  /// The number of the end of its declaration; 0 for what no declaration statement declares.
  unsigned declaredAt(const clang::VarDecl &V) const;
  Join defaultJoin(const Site &Spawn) const;
  bool isScope(llvm::ArrayRef<const clang::Stmt *> Path, size_t At) const;
  /// Where the innermost statement around a spawn that no task outlives stands in its path: that of a sync_scope, a try
  /// block, or a handler. 0 if there is none.
  size_t closedBlock(const Site &Spawn) const;
  Join join(const Site &Spawn, llvm::ArrayRef<BorrowedObject> Borrowed, bool IsSyncedInBlock) const;
  bool isAround(const Frame &Outer, const Frame &Inner) const;
  /// The jump that enters a stretch from outside, or null.
  const Jump *jumpInto(Span Stretch, const Function &In) const;

  const Structure &Where;
  Plan &Result;
  const DirectiveTable &Table;
  const Diagnostics &Diags;
  llvm::SmallVector<Frame *, 4> Own;
};

} // namespace weave

#endif
