// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

namespace weave::platform {

constexpr unsigned most_workers = 4096;

/// How many workers to run: as many as asked for; if 0, as WEAVE_NUM_THREADS says; if that is not set, the processors that this process may use.
/// Throws std::invalid_argument, with a text for the user, if the number asked for or the variable is not from 1 to `most_workers`.
unsigned number_of_workers(unsigned asked_for);

} // namespace weave::platform
