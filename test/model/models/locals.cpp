// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "checker/scheduler.h"
#include "weave/task.h"

#include <cxxabi.h>

namespace weave::model {
namespace {

struct exceptions { // of the Itanium C++ ABI
  void *caught;
  unsigned uncaught;
};

// Each thread of the model is a worker of its own, and has its own exceptions.
const bool registered = [] {
  all_threads.keep_per_thread(detail::current);
  all_threads.keep_per_thread(detail::here);
  all_threads.keep_per_thread(*reinterpret_cast<exceptions *>(abi::__cxa_get_globals()));
  return true;
}();

} // namespace
} // namespace weave::model
