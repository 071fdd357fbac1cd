// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "dataflow/turns.h"
#include "weave/depend.h"

namespace weave::detail {

struct edge;

/// A task that may have to wait for earlier siblings.
///
/// Protocol: `missing` counts predecessors that are not done, plus one while the owner still registers it; who takes it
/// to zero
///   lets it ask for its turns, if it has such, and then offers it. `successors` is a list that the owner pushes to and
///   the finishing thread closes, once.
/// Ordering: closing acquires what pushing released; the decrement that reaches zero acquires what the others released.
/// Lifetime: freed by its owner once done; its edges and claims go with it, and nobody reads them after its last
/// predecessor is done.
struct graph_task : task {
  using task::task;

  atomic<std::uint32_t> missing{1};
  atomic<edge *> successors{nullptr};
  edge *edges = nullptr;   ///< One for each predecessor that was not done.
  claim *claims = nullptr; ///< On turns, in the order in which it takes them.
  std::uint32_t edge_count = 0, claim_count = 0;
  std::uint32_t taken = 0;    ///< How many turns it has: who looks for the next one's.
  std::uint64_t found_by = 0; ///< The owner's: the last search that found it.

protected:
  /// Gives its turns up, and offers the successors that waited for this task alone.
  void finished() noexcept;
};

} // namespace weave::detail
