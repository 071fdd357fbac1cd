// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <cstdlib>
#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace weave::platform {

/// Asks the general allocator to give to the system what is free.
inline void trim_heap() noexcept {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

} // namespace weave::platform
