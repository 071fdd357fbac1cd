// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a program can ask of the runtime.
#pragma once

namespace weave {

/// How many workers run tasks. Starts the runtime if need be.
unsigned num_workers();

/// The calling thread's number: below `num_workers()` for a worker of the runtime, above for further threads that spawned tasks. Starts the runtime if need be.
unsigned worker_id();

/// A point at which a thread in a long computation makes more of its ready tasks available to others. Very cheap.
void load_balance() noexcept;

} // namespace weave
