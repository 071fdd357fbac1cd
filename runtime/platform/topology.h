// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the machine is made of, as hwloc sees it.
//
// hwloc is loaded when somebody asks, which is when threads are to be bound: programs that do not bind, nearly all,
// neither link it nor pay for it, and run where it is not installed.
#pragma once

#include <string>
#include <vector>

namespace weave::platform {

/// What the system calls a processor; hwloc's "processing unit".
struct processor {
  unsigned number; ///< The system's.
  unsigned core, socket;
  std::vector<unsigned> within; ///< What it is a part of, the machine first: two processors are as near as these agree.
};

/// Processors in the order in which they lie in the machine.
struct topology {
  std::vector<processor> processors;
  bool of_this_machine =
      true; ///< False: somebody describes another one to hwloc, for a test. Threads cannot be bound to it.
};

/// The processors that this process may use.
/// Throws std::runtime_error, with a text for the user, if hwloc is not there or fails.
topology read_topology();

/// A machine that a text describes, such as "package:2 core:4 pu:2", in the words of hwloc.
topology synthetic_topology(const std::string &description);

/// Lets the calling thread run on these processors only. Does nothing if the system does not allow it.
void bind_this_thread(const std::vector<unsigned> &processors) noexcept;

} // namespace weave::platform
