// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "config.h"

#include <cstdint>

namespace weave::detail {

/// How the calling thread computes with floating-point numbers, and what happened meanwhile: the register MXCSR. Reading it takes some nanoseconds.
WEAVE_INLINE std::uint32_t floating_point() noexcept {
#if defined(__x86_64__)
  return __builtin_ia32_stmxcsr();
#else
  return 0;
#endif
}

} // namespace weave::detail
