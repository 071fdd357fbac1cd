// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "dataflow/accesses.h"
#include "protocol/limits.h"
#include "weave/join.h"

#include <cstdint>
#include <deque>
#include <exception>
#include <vector>

namespace weave::detail {

/// A successor's place in the list of one predecessor.
struct edge {
  graph_task *successor;
  edge *next;
};

/// The unjoined tasks of one activation, oldest first.
///
/// Thread-safety: the owner's. What finishing threads touch is in the tasks (see graph_task).
class graph {
public:
  /// In the memory of its owner's tasks. Null if there is none left.
  static graph *make(worker_base &owner, std::uint64_t created) noexcept;
  /// Joins what is left.
  static void destroy(graph *) noexcept;

  worker_base &owner() const { return owner_; }
  /// How many tasks were ever added; the number of the next one.
  std::uint64_t created() const { return created_; }
  /// Finds the tasks that one with these operands must not overtake. False: there is no memory for that.
  bool find(operand_list) noexcept;
  /// Whether it found any.
  bool must_wait() const noexcept { return !accesses_.before().empty() || accesses_.has_excluded(); }
  /// Waits for what it found.
  void wait_for_found() noexcept;
  /// Orders the task, whose operands were looked for last, after what was found, and offers it if that is nothing.
  void add(graph_task &);
  /// Keeps the memory of a flood of tasks bounded: at the limit, joins the older half.
  void throttle();
  /// Joins the tasks from number `first` on, and returns what the first in serial order threw.
  failure join(std::uint64_t first) noexcept;

  /// Waits for the tasks that are bound to a handle, and returns what the first of them threw, which nobody else gets
  /// then.
  failure wait_for(const handle &) noexcept;
  /// Waits for every task, and leaves them there.
  void finish() noexcept;

private:
  graph(worker_base &owner, std::uint64_t created) : owner_(owner), created_(created) {}
  ~graph();

  static constexpr std::size_t most_tasks = protocol::limits::graph_tasks;

  bool connect(graph_task &) noexcept;
  void retire(graph_task &) noexcept;

  worker_base &owner_;
  struct numbered {
    std::uint64_t number;
    graph_task *task;
  };

  std::deque<numbered> tasks_;
  std::uint64_t
      created_; // no number is used twice, so that a frame counts from its own first task whatever was joined since
  failure first_{nullptr, 0}; // of the tasks that `throttle` joined
  std::uint64_t failed_ = 0;  // the number of the task that it is of
  accesses accesses_;
};

} // namespace weave::detail
