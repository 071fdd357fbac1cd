// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The seam for threads and what locks them out: as weave/detail/sync.h for atomics.
#pragma once

#ifdef WEAVE_SEAM
#include WEAVE_SEAM
#else
#include <mutex>
#include <thread>
#endif

namespace weave::platform {

#ifdef WEAVE_SEAM
using seam::mutex;
using seam::thread;
using seam::this_thread;
#else
using std::mutex;
using std::thread;
inline thread::id this_thread() noexcept { return std::this_thread::get_id(); }
#endif

} // namespace weave::platform
