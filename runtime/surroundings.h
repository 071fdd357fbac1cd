// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a statement sees of its thread besides variables, as far as a task takes it along.
#pragma once

#include "weave/task.h"

namespace weave::detail {

/// Runs a task in the surroundings in which it was spawned: as a part of the same scope, with the same floating-point
/// environment, and with the exception that was being handled there, or none. Then the thread has its own again.
void run_task(task &) noexcept;

} // namespace weave::detail
