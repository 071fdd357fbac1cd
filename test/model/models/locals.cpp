// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "checker/scheduler.h"
#include "weave/task.h"

namespace weave::model {
namespace {

// Each thread of the model is a worker of its own.
const bool registered = [] {
  all_threads.keep_per_thread(detail::current);
  all_threads.keep_per_thread(detail::here);
  return true;
}();

} // namespace
} // namespace weave::model
