// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tasks that exclude each other, in any order.
#pragma once

#include "weave/detail/sync.h"

namespace weave::detail {

struct graph_task;
class turn;

/// A task's place among those that want a turn.
struct claim {
  graph_task *task;
  turn *of;
  claim *next;
};

/// What one of the tasks that exclude each other has at a time. Who must wait for it leaves its claim; no worker waits.
///
/// Protocol: `waiting` is null while nobody has the turn; else it ends in `held`, with the claims in front that came
/// since. The holder alone takes claims out, and
///   keeps those that it took in `queue`, oldest first. It gives the turn to the first of them; only without any it
///   sets `waiting` to null.
/// Ordering: taking and passing acquire what giving up and claiming released, and so does a holder that another one
/// made it. Lifetime: as long as a task has a claim on it that is not done.
class turn {
public:
  /// False: somebody has it, who will pass it on to this claim, perhaps at once.
  bool take(claim &) noexcept;
  /// Whose it is after it was given up, or null.
  claim *pass() noexcept;

private:
  static claim held_;

  atomic<claim *> waiting_{nullptr};
  claim *queue_ = nullptr;
};

} // namespace weave::detail
