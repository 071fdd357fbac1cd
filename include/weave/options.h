// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// How to start a runtime.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace weave {

/// Where a runtime's threads run.
enum class binding {
  none,  ///< wherever the system puts them
  close, ///< each in a place of its own, the places in their order
  spread ///< each in a place of its own, as far apart as the places allow
};

/// What a worker does when there is no work.
enum class waiting {
  passive,  ///< sleeps at once
  balanced, ///< looks around for some 50 us, then sleeps
  active    ///< keeps its processor, and begins new work sooner
};

/// Which threads are the workers of a runtime.
enum class threads {
  own, ///< such as it starts, and the one that starts it
  none ///< only those of the program, while they serve it or spawn there
};

/// How to start a runtime. What is left open is as the environment says.
struct options {
  unsigned workers = 0; ///< 0: as WEAVE_NUM_THREADS says, otherwise every processor that the process may use.
  std::optional<binding> bind = {}; ///< As WEAVE_BIND.
  std::string places = {}; ///< As WEAVE_PLACES: "threads", "cores", "sockets", or a list such as "{0:4},{4:4}". Empty:
                           ///< as WEAVE_PLACES says.
  std::optional<waiting> wait = {}; ///< As WEAVE_WAIT.
  std::string statistics = {}; ///< As WEAVE_STATS: "1" for standard error, or a file. Empty: as WEAVE_STATS says.
  std::size_t stack_size = 0; ///< Of each thread that the runtime starts, in bytes. 0: as WEAVE_STACKSIZE says, otherwise as large as that of the program's first thread may become.
  std::string trace = {};     ///< As WEAVE_TRACE: a file. Empty: as WEAVE_TRACE says.
  std::size_t trace_limit = 0; ///< How many records of a worker it keeps. 0: as WEAVE_TRACE_LIMIT says.
  weave::threads threads =
      weave::threads::own; ///< If none, `workers` is how many threads of the program are expected to work at once.
};

} // namespace weave
