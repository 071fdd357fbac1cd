// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "trace.h"

#include "scheduler.h"

#include <cstdio>
#include <cstring>

namespace weave::model::trace {
namespace {

const char *name(std::memory_order order) {
  constexpr const char *names[] = {"relaxed", "consume", "acquire", "release", "acq_rel", "seq_cst"};
  return names[static_cast<int>(order)];
}

} // namespace

void note(const char *operation, std::size_t location, std::uint64_t value, std::memory_order order,
          std::source_location where) {
  if (!text)
    return;
  const char *slash = std::strrchr(where.file_name(), '/');
  char line[256];
  std::snprintf(line, sizeof line, "  thread %u: %s #%zu: %llx (%s) %s:%u\n", threads->self(), operation, location,
                static_cast<unsigned long long>(value), name(order), slash ? slash + 1 : where.file_name(),
                static_cast<unsigned>(where.line()));
  *text += line;
}

} // namespace weave::model::trace
