// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "platform/stack.h"

#include <algorithm>
#include <optional>
#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

namespace weave::platform {
namespace {

// Of the program's first thread. Nothing if there is none.
std::optional<std::size_t> soft_limit() noexcept {
  rlimit limit{};
  if (getrlimit(RLIMIT_STACK, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
    return std::nullopt;
  return limit.rlim_cur;
}

} // namespace

std::size_t stack_size() noexcept {
  if (getpid() == gettid()) // of this one pthread_getattr_np reads a file that lists all the memory of the process
    return soft_limit().value_or(0);
  pthread_attr_t attributes;
  std::size_t bytes = 0;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0)
    return 0;
  if (pthread_attr_getstacksize(&attributes, &bytes) != 0)
    bytes = 0;
  pthread_attr_destroy(&attributes);
  return bytes;
}

// Where there is no limit, as much as hardly any program needs: a part of a stack that nobody has used takes no memory. The C library would give 2 MB.
std::size_t usual_stack_size() noexcept {
  constexpr std::size_t megabyte = std::size_t{1} << 20, least = 2 * megabyte, most = std::size_t{1} << 40, unlimited = 256 * megabyte;
  const std::size_t limit = std::clamp(soft_limit().value_or(unlimited), least, most);
  const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  return (limit + page - 1) / page * page;
}

} // namespace weave::platform
