// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <cstddef>
#include <cstdint>
#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

namespace weave::platform {

/// About where the calling thread's stack is at this moment.
inline std::uintptr_t stack_position() noexcept { return reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0)); }

/// How large the calling thread's stack is, or may become; 0 if the system does not say.
inline std::size_t stack_size() noexcept {
  if (getpid() == gettid()) { // of this one pthread_getattr_np reads a file that lists all the memory of the process
    rlimit limit{};
    return getrlimit(RLIMIT_STACK, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY ? limit.rlim_cur : 0;
  }
  pthread_attr_t attributes;
  std::size_t bytes = 0;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0)
    return 0;
  if (pthread_attr_getstacksize(&attributes, &bytes) != 0)
    bytes = 0;
  pthread_attr_destroy(&attributes);
  return bytes;
}

} // namespace weave::platform
