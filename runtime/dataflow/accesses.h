// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "dataflow/graph_task.h"

#include <cstdint>
#include <map>
#include <vector>

namespace weave::detail {

/// Which unfinished tasks read and write which bytes: a map of disjoint intervals, each with its last writer and the readers since.
///
/// Sections that overlap conflict in the bytes that they share, whatever their bounds.
/// Thread-safety: the owner's of the graph.
/// Complexity: O(log n + k) for an operand that meets k intervals.
class accesses {
public:
  /// Adds to `found`, once each, the unfinished tasks that a task with this operand must follow.
  void conflicts(const operand &, std::vector<graph_task *> &found) const;
  /// Notes that the task has this operand.
  void record(const operand &, graph_task &);
  /// Forgets tasks that are done.
  void forget_done();

private:
  struct interval {
    std::uintptr_t end;
    graph_task *writer = nullptr;
    std::vector<graph_task *> readers;
  };
  using map = std::map<std::uintptr_t, interval>; // by begin

  void split(std::uintptr_t at);

  map intervals_;
};

} // namespace weave::detail
