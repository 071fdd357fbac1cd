// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "dataflow/areas.h"

#include <cstdint>
#include <vector>

namespace weave::detail {

/// The operands of a task.
struct operand_list {
  const operand *first;
  std::size_t count;

  const operand *begin() const noexcept { return first; }
  const operand *end() const noexcept { return first + count; }
};

/// Which unfinished tasks use which bytes, and how.
///
/// Operands conflict if they have a byte in common, whatever their bounds.
/// Thread-safety: the owner's of the graph.
class accesses {
public:
  /// Finds out what a task with these operands must follow, and what it must not run beside. Throws std::bad_alloc.
  void find(operand_list);
  /// The unfinished tasks that it must follow, each once.
  const std::vector<graph_task *> &before() const noexcept { return before_; }
  /// Whether there are unfinished tasks that it may run in any order with, but not at the same time.
  bool has_excluded() const noexcept { return excludes_; }
  /// Those, each once. Throws std::bad_alloc.
  std::vector<graph_task *> excluded();
  /// The areas whose turns keep it apart from those, and from later ones, in the order in which it must take them.
  const std::vector<area *> &turns() const noexcept { return turns_; }
  /// Notes that the task has the operands that were looked for last. Throws std::bad_alloc.
  void record(graph_task &);
  /// Forgets tasks that are done.
  void forget_done() noexcept;

private:
  struct use {
    area *of;
    access mode;
  };

  void look(area &, access mode);
  void keep(area &);
  void add(const std::vector<graph_task *> &, std::vector<graph_task *> &to);

  static constexpr std::size_t fewest_areas = 1024; // that it looks for idle ones among

  areas areas_;
  std::vector<area *> live_;
  std::size_t most_areas_ = fewest_areas;
  std::uint64_t search_ = 0; // the number of the last one
  // Of the last search.
  std::vector<use> uses_;
  std::vector<graph_task *> before_;
  std::vector<area *> turns_;
  bool excludes_ = false;
};

} // namespace weave::detail
