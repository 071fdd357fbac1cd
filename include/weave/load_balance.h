// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "detail/config.h"

namespace weave {

/// A point at which a thread in a long computation makes more of its ready tasks available to others. Very cheap.
WEAVE_API void load_balance() noexcept;

} // namespace weave
