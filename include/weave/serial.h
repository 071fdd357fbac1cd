// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The stand-ins of the serial projection: the same interface, one worker, no runtime to link.
#pragma once

namespace weave {

struct options {
  unsigned workers = 0;
};

class runtime {
public:
  explicit runtime(const options & = {}) {}
  runtime(const runtime &) = delete;
  runtime &operator=(const runtime &) = delete;
  ~runtime() {} // not trivial, as in the parallel program: no warning of an unused variable
};

inline unsigned num_workers() { return 1; }
inline unsigned worker_id() { return 0; }
inline void load_balance() noexcept {}

} // namespace weave
