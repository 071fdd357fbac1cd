// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The clock, or what takes its place under test.
#pragma once

#ifdef WEAVE_SEAM
#include WEAVE_SEAM
#endif

#include <chrono>

namespace weave::platform {
#ifdef WEAVE_SEAM
using clock = seam::steady_clock;
#else
using clock = std::chrono::steady_clock;
#endif
} // namespace weave::platform
