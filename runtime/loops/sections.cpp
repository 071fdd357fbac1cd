// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "weave/reduce.h"

#include <cstdio>
#include <cstdlib>

namespace weave::detail {

void stop_at_negative_length(const char *file, int line, const char *operand, long long length) {
  std::fprintf(stderr, "%s:%d: weave: error: the section '%s' has the negative length %lld\n", file, line, operand, length);
  std::abort();
}

} // namespace weave::detail
