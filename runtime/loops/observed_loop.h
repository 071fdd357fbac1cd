// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "observe/witness.h"
#include "weave/loop.h"

namespace weave::detail {

/// Says, if somebody wants to see it, that the calling thread runs a loop from now until the object ends.
class observed_loop {
public:
  explicit observed_loop(const loop &) noexcept;
  observed_loop(const observed_loop &) = delete;
  observed_loop &operator=(const observed_loop &) = delete;
  ~observed_loop();

private:
  const site *const where_;
  observe::witness::begun begun_{}; // when: 0 if nobody does
};

} // namespace weave::detail
