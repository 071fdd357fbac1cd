// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

namespace weave::platform {

constexpr unsigned most_workers = 4096;

/// How many workers to run: WEAVE_NUM_THREADS if set, otherwise the processors that this process may use.
/// Throws std::invalid_argument, with a text for the user, if the variable is not a number from 1 to `most_workers`.
unsigned number_of_workers();

} // namespace weave::platform
