// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "weave/task.h"

namespace weave::detail {

/// Where a task was spawned; null if nobody knows. Of each kind of task that says it of its own:
const site *site_of(const task &) noexcept;
const site *site_of_detached(const task &) noexcept;

} // namespace weave::detail
