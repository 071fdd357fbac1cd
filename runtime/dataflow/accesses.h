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

  void drop_idle() noexcept;
  void look(area &, access mode);
  void keep(area &);
  void add(const std::vector<graph_task *> &, std::vector<graph_task *> &to);

  // How many areas it looks for idle ones among. Finding one that was kept takes a fifth of the time of making it, but
  // making one among 16,384 takes twice that of making it among 1,024 (10^6 tasks with 3 random operands).
  static constexpr std::size_t fewest_areas = 1024, most_kept = 16 * fewest_areas;
  static constexpr unsigned rest = 64; // so often with the fewest, before more are tried again

  areas areas_;
  std::vector<area *> live_;
  std::size_t kept_ = fewest_areas, most_areas_ = fewest_areas;
  std::size_t named_ = 0; // operands, since it dropped idle areas
  unsigned rests_ = 0;
  std::uint64_t search_ = 0; // the number of the last one
  // Of the last search.
  std::vector<use> uses_;
  std::vector<graph_task *> before_;
  std::vector<area *> turns_;
  bool excludes_ = false;
};

} // namespace weave::detail
