// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a runtime is started with.
#pragma once

#include "observe/statistics.h"
#include "observe/tool.h"
#include "observe/trace.h"
#include "platform/places.h"
#include "weave/options.h"

#include <cstddef>
#include <vector>

namespace weave::detail {

struct configuration {
  configuration(unsigned workers) : workers(workers) {}

  unsigned workers;
  waiting wait = waiting::balanced;
  bool starts_threads = true;
  std::size_t stack = 0; ///< Of each thread that the runtime starts, in bytes.
  observe::destination statistics = {};
  observe::trace_file trace = {};
  weave_observer tool = {};
  std::vector<platform::seat> seats; ///< One a worker. Empty: nobody is bound.
};

/// Options, environment and machine together. Prints them if WEAVE_DISPLAY_ENV says so.
/// Throws std::exception, with a text for the user, if something makes no sense or cannot be had.
configuration configure(const options &);

} // namespace weave::detail
