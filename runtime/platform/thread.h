// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The seam for threads: as weave/detail/sync.h for atomics.
#pragma once

#ifdef WEAVE_SEAM
#include WEAVE_SEAM
#else
#include <thread>
#endif

namespace weave::platform {

#ifdef WEAVE_SEAM
using seam::thread;
using seam::this_thread;
#else
using thread = std::thread;
inline thread::id this_thread() noexcept { return std::this_thread::get_id(); }
#endif

} // namespace weave::platform
