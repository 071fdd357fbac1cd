// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "platform/fences.h"

#ifndef WEAVE_SEAM
#ifdef __linux__
#if __has_include(<sys/single_threaded.h>)
#include <sys/single_threaded.h>
#endif
#include <linux/membarrier.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace weave::platform {

#ifdef __linux__
static bool is_alone() noexcept {
#if __has_include(<sys/single_threaded.h>)
  return __libc_single_threaded;
#else
  return false;
#endif
}

// Before Linux 4.14 it is refused, like any command that there is not.
bool prepare_heavy_fences(bool at_once) noexcept { return (!at_once || is_alone()) && syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0, 0) == 0; }

bool heavy_fence() noexcept { return syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0) == 0; }
#else
bool prepare_heavy_fences(bool) noexcept { return false; }
bool heavy_fence() noexcept { return false; }
#endif

} // namespace weave::platform
#endif
